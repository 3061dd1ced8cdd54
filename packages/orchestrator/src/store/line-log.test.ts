import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isTau2Error } from "@tau2/domains";
import { registerSecret } from "@tau2/domains/internal";
import { afterAll, describe, expect, test } from "vitest";
import { type LogHandle, openLineLog, readLines } from "./line-log.ts";
const folder = mkdtempSync(join(tmpdir(), "tau2-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function readTexts(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const { text } of readLines(path)) lines.push(text);
  return lines;
}

const storage = expect.toSatisfy((error) => isTau2Error(error, "storage"));

describe("a log", () => {
  test("keeps lines in the order of their calls, however many are concurrent", async () => {
    const path = join(folder, "order");
    const log = await openLineLog(path, 0);
    const numbers = Array.from({ length: 200 }, (_, i) => `${i} ünï 🚀 \u2028 ${"x".repeat(i)}`);
    await Promise.all(numbers.map((line) => log.append(line)));
    await log.append("last");
    await log.close();
    expect(await readTexts(path)).toEqual([...numbers, "last"]);
  });

  test("leaves out secrets of the process, and only its owner can read it", async () => {
    registerSecret("sk-for-the-log");
    const path = join(folder, "secrets");
    const log = await openLineLog(path, 0);
    await log.append('{"error":"key sk-for-the-log"}');
    await log.close();
    expect(await readTexts(path)).toEqual(['{"error":"key [redacted]"}']);
    if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("has a line on the disk when append is done", async () => {
    const path = join(folder, "durable");
    const syncs: number[] = [];
    const log = await openLineLog(path, 0, async (file) => watchHandle(await open(file, "a"), () => syncs.push(statSync(file).size)));
    await log.append("one");
    expect(syncs).toEqual([4]);
    await log.close();
  });

  test("cuts off a line that a crash tore, and continues behind the last complete line", async () => {
    const path = join(folder, "torn");
    writeFileSync(path, "one\ntw");
    let end = 0;
    for await (const line of readLines(path)) if (line.isComplete) end = line.end;
    expect(end).toBe(4);
    const log = await openLineLog(path, end);
    await log.append("two");
    await log.close();
    expect(readFileSync(path, "utf8")).toBe("one\ntwo\n");
  });

  test("on a full disk takes back the half of a line that fitted, says so, and takes nothing more", async () => {
    const path = join(folder, "full");
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    let room = 6;
    const log = await openLineLog(path, 0, async (file) => {
      const handle = await open(file, "a");
      return {
        ...watchHandle(handle, () => undefined),
        async appendFile(data) {
          const bytes = data as Buffer;
          appendFileSync(file, bytes.subarray(0, room));
          if (bytes.length > room) throw full;
          room -= bytes.length;
        },
      };
    });
    await log.append("one");
    const lost = await Promise.allSettled([log.append("two"), log.append("three")]);
    expect(lost).toEqual([
      { status: "rejected", reason: storage },
      { status: "rejected", reason: storage },
    ]);
    await expect(log.append("x")).rejects.toThrow("full cannot be written, the disk is full: ENOSPC");
    await log.close();
    expect(readFileSync(path, "utf8")).toBe("one\n");
  });

  test("in a place that cannot be written is refused immediately", async () => {
    await expect(openLineLog(join(folder, "no", "such", "folder"), 0)).rejects.toEqual(storage);
  });
});

test("only a line feed ends a line; a byte order mark and text behind the last line end are told apart", async () => {
  const path = join(folder, "lines");
  writeFileSync(path, "\ufeffone \u2028 \u2029 \u0085\r\ntwo\nthr");
  const lines = [];
  for await (const line of readLines(path)) lines.push(line);
  expect(lines).toEqual([
    { number: 1, text: "one \u2028 \u2029 \u0085\r", end: 19, isComplete: true },
    { number: 2, text: "two", end: 23, isComplete: true },
    { number: 3, text: "thr", end: 26, isComplete: false },
  ]);
});

/** A file whose syncs are seen. */
function watchHandle(handle: LogHandle, onSync: () => void): LogHandle {
  return {
    appendFile: (data) => handle.appendFile(data),
    async datasync() {
      await handle.datasync();
      onSync();
    },
    stat: () => handle.stat() as never,
    truncate: (size) => handle.truncate(size),
    close: () => handle.close(),
  };
}

test("lines longer than one read come whole", async () => {
  const path = join(folder, "long");
  const long = "y".repeat(3_000_000);
  writeFileSync(path, `a\n${long}\n\nb\n`);
  expect(await readTexts(path)).toEqual(["a", long, "", "b"]);
});
