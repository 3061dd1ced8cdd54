import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runOfChores } from "../../test/run-of-chores.ts";
import { readJsonElements } from "./json-elements.ts";
import { parseResults, readLargeFile, readResults } from "./read-results.ts";
import { computeCoverage } from "../metrics/coverage.ts";
import { formatResults } from "./write-results.ts";

const folder = mkdtempSync(join(tmpdir(), "tau2-large-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "file.json");

function split(text: string): { elements: unknown[]; rest: unknown } {
  writeFileSync(path, text);
  const reading = readJsonElements(path, "list");
  const elements: unknown[] = [];
  let next = reading.next();
  for (; !next.done; next = reading.next()) elements.push(JSON.parse(next.value.toString()));
  return { elements, rest: JSON.parse(next.value.toString()) };
}

test.each([
  [
    '{"a": 1, "list": [{"b": [1, {"c": 2}]}, {"d": "}]"}], "z": {"list": [{"no": 1}]}}',
    [{ b: [1, { c: 2 }] }, { d: "}]" }],
    { a: 1, list: [], z: { list: [{ no: 1 }] } },
  ],
  ['{"list":[],"a":["list",[{}]]}', [], { list: [], a: ["list", [{}]] }],
  ['{"a":"\\"list\\":[{","list":[{"q":"\\\\"}]}', [{ q: "\\" }], { a: '"list":[{', list: [] }],
  ['{"a":"list","b":[{"c":1}]}', [], { a: "list", b: [{ c: 1 }] }],
])("the objects in a list are separated from the rest of %s", (text, elements, rest) => expect(split(text)).toEqual({ elements, rest }));

test("objects and rest are whole across the parts in which a file is read", () => {
  const items = Array.from({ length: 9000 }, (_, i) => ({ id: i, text: 'é"\\[{'.repeat(i % 200) }));
  const value = { before: items.slice(0, 50), list: items, after: items.slice(50, 90) };
  expect(split(JSON.stringify(value))).toEqual({ elements: items, rest: { ...value, list: [] } });
});

test("results read part by part equal those read as a whole", () => {
  writeFileSync(path, formatResults(runOfChores));
  expect(formatResults(readLargeFile(path))).toBe(formatResults(runOfChores));
  writeFileSync(path, formatResults(runOfChores).slice(0, -400));
  expect(() => readLargeFile(path)).toThrow(expect.objectContaining({ code: "invalid" }));
});

test("a run read for its metrics has their values and does not have texts", () => {
  writeFileSync(path, formatResults(runOfChores));
  const slim = readResults(path, { forMetrics: true });
  const { simulations, info, tasks } = parseResults(formatResults(runOfChores));
  expect(computeCoverage(slim.simulations, info, tasks)).toEqual(computeCoverage(simulations, info, tasks));
  expect(JSON.stringify(slim.simulations.map(({ messages }) => messages))).not.toMatch(/"content":"[^"]/);
});
