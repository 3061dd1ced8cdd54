import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { pause, withDeadline } from "./deadline.ts";

const never = () => new Promise<never>(() => {});

test("withDeadline returns the value and leaves no listener on the caller's signal", async () => {
  const { signal } = new AbortController();
  expect(await withDeadline({ timeoutMs: 10_000, signal }, async () => Promise.resolve(7))).toBe(7);
  await pause(1, signal);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a deadline and a caller's abort reject work that ignores its signal", async () => {
  await expect(withDeadline({ timeoutMs: 5 }, never)).rejects.toThrow("no answer within 5 ms");
  const caller = new AbortController();
  const work = withDeadline({ timeoutMs: 10_000, signal: caller.signal }, never);
  caller.abort(new Error("enough"));
  await expect(work).rejects.toThrow("enough");
});

test("the deadline aborts the signal of the work", async () => {
  const seen: AbortSignal[] = [];
  const work = withDeadline({ timeoutMs: 5 }, (signal) => {
    seen.push(signal);
    return never();
  });
  await expect(work).rejects.toThrow("5 ms");
  expect(seen[0]?.aborted).toBe(true);
});

test("a deadline beyond the longest timer does not fire immediately", async () => {
  expect(await withDeadline({ timeoutMs: Infinity }, async () => pause(5, undefined).then(() => "done"))).toBe("done");
});

test("an abort ends a pause", async () => {
  const caller = new AbortController();
  const waiting = pause(1e9, caller.signal);
  caller.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  await expect(pause(1, caller.signal)).rejects.toThrow("enough");
});
