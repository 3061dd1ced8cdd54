import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createSemaphore } from "./semaphore.ts";

/** Work that is done when the test says so. */
function work() {
  const item = { started: false, finish: () => {}, run: () => Promise.resolve() };
  const done = new Promise<void>((resolve) => {
    item.finish = resolve;
  });
  item.run = () => {
    item.started = true;
    return done;
  };
  return item;
}

describe("a gate", () => {
  test("lets so many in, and the next one when one leaves, in the order in which they came", async () => {
    const [a, b, c, d] = [work(), work(), work(), work()];
    const { run } = createSemaphore(2);
    const results = [a, b, c, d].map((item) => Promise.resolve(run(() => item.run())));
    expect([a, b, c, d].map(({ started }) => started)).toEqual([true, true, false, false]);
    b.finish();
    await setImmediate();
    expect([c.started, d.started]).toEqual([true, false]);
    for (const item of [a, c, d]) item.finish();
    await Promise.all(results);
    expect(d.started).toBe(true);
  });

  test("frees the slot of synchronous work immediately", () => {
    const { run } = createSemaphore(1);
    expect([run(() => 1), run(() => 2)]).toEqual([1, 2]);
    expect(() =>
      run(() => {
        throw new Error("boom");
      }),
    ).toThrow("boom");
    expect(run(() => 3)).toBe(3);
  });

  test("gives the place of work that fails to the next", async () => {
    const { run } = createSemaphore(1);
    const failing = run(() => Promise.reject(new Error("boom")));
    const next = run(() => Promise.resolve("next"));
    await expect(failing).rejects.toThrow("boom");
    expect(await next).toBe("next");
  });

  test("who gives up waiting is not let in", async () => {
    const { run } = createSemaphore(1);
    const [first, second] = [work(), work()];
    const stop = new AbortController();
    void run(() => first.run());
    const waiting = run(() => second.run(), stop.signal);
    stop.abort(new Error("no more time"));
    await expect(waiting).rejects.toThrow("no more time");
    first.finish();
    await setImmediate();
    expect(second.started).toBe(false);
    expect(run(() => "free")).toBe("free");
    await expect(Promise.resolve(createSemaphore(0).run(() => 1, AbortSignal.abort(new Error("already"))))).rejects.toThrow("already");
  });

  test("aborted work frees its slot, even if it never ends", async () => {
    const { run } = createSemaphore(1);
    const stop = new AbortController();
    void run(() => new Promise<never>(() => {}), stop.signal);
    const next = run(() => "next");
    stop.abort();
    expect(await next).toBe("next");
  });
});
