import { afterAll, expect, test } from "vitest";
import { command } from "./command.ts";
import { Bench } from "./testing/bench.ts";

const bench = new Bench();
afterAll(() => bench.remove());
const format = { kind: "format_call", name: "f", arguments: { a: 1 }, functional: "f(a=1)" };

async function conformance(...args: string[]) {
  const texts = { out: "", err: "" };
  const code = await command(args, { out: (text) => void (texts.out += text), err: (text) => void (texts.err += text) });
  return { code, ...texts };
}

const places = ["--vectors", bench.vectorsDir, "--data", bench.dataDir];

test("the last line says how many passed, failed and were skipped; a failure is exit code 1", async () => {
  bench.write("gym", format);
  const good = await conformance(...places);
  expect(good).toMatchObject({ code: 0, out: expect.stringMatching(/\n1 passed, 0 failed, 0 skipped\n$/) as string });
  expect(good.out).toContain("No records of: tools, calls");
  bench.write("gym", format, { ...format, functional: "f(a=2)" });
  const bad = await conformance(...places, "--only", "gym");
  expect(bad).toMatchObject({ code: 1, out: expect.stringMatching(/\n1 passed, 1 failed, 0 skipped\n$/) as string });
  expect(bad.out).toContain(`expected "f(a=2)"\n    got      "f(a=1)"`);
});

test("what belongs to no domain belongs to every domain", async () => {
  bench.write("gym", format);
  expect((await conformance(...places, "--domain", "airline")).out).toContain("1 passed");
});

test("a wrong option or folder is exit code 2, and nothing goes to the report", async () => {
  expect(await conformance("--olny", "gym")).toEqual({
    code: 2,
    out: "",
    err: expect.stringContaining("unknown option '--olny'; did you mean '--only'?") as string,
  });
  expect(await conformance("--vectors", "/nowhere")).toMatchObject({ code: 2, out: "" });
});
