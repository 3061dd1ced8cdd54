import { expect, test } from "vitest";
import { parseOptions } from "./options.ts";

const known = { kinds: ["calls", "gold"], domains: ["airline", "mock"] };
const parse = (...args: string[]) => parseOptions(args, known, { TAU2_SHARED: "/shared" });

test("the shared folder holds the records and the data unless other folders are named", () => {
  expect(parse()).toMatchObject({ vectorsDir: "/shared/conformance", dataDir: "/shared/official", only: null, domains: null });
  expect(parse("--vectors", "/v", "--data=/d")).toMatchObject({ vectorsDir: "/v", dataDir: "/d" });
});

test("kinds and domains are lists", () => {
  expect(parse("--only", "calls,gold", "--domain", "mock")).toMatchObject({ only: ["calls", "gold"], domains: ["mock"] });
});

test("an unknown option is refused with the name that was probably meant", () => {
  expect(() => parse("--only", "cals")).toThrow("unknown kind 'cals'; did you mean 'calls'? There are: calls, gold");
  expect(() => parse("--domain", "airlines")).toThrow("did you mean 'airline'?");
  expect(() => parse("--vector", "/v")).toThrow("unknown option '--vector'; did you mean '--vectors'?");
  expect(() => parse("--only", ",")).toThrow("no kind is named");
  expect(() => parse("--data")).toThrow("--data needs a value");
});
