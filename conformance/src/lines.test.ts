import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { linesFile, readLines } from "./lines.ts";
import { Bench } from "./testing/bench.ts";

const bench = new Bench();
afterAll(() => bench.remove());

async function all(path: string): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of readLines(path)) values.push(value);
  return values;
}

test("lines come one by one, packed or not; empty ones are passed over", async () => {
  writeFileSync(join(bench.vectorsDir, "packed.jsonl.gz"), gzipSync('{"a":1}\n\n{"a":"é"}\n'));
  writeFileSync(join(bench.vectorsDir, "plain.jsonl"), '{"a":1}\n{"a":"é"}');
  for (const stem of ["packed", "plain"]) expect(await all(linesFile(bench.vectorsDir, stem)!)).toEqual([{ a: 1 }, { a: "é" }]);
  expect(linesFile(bench.vectorsDir, "absent")).toBeNull();
});

test("a line that is not JSON and a file that is cut off are named", async () => {
  const broken = join(bench.vectorsDir, "broken.jsonl");
  writeFileSync(broken, '{"a":1}\n{"a":');
  await expect(all(broken)).rejects.toThrow(`line 2 of ${broken} is not JSON`);
  const cut = join(bench.vectorsDir, "cut.jsonl.gz");
  writeFileSync(cut, gzipSync('{"a":1}\n'.repeat(1000)).subarray(0, 20));
  await expect(all(cut)).rejects.toThrow(`${cut} cannot be read`);
});
