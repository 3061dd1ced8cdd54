import { episodeDefaults, runDefaults } from "@tau2/orchestrator/defaults";
import { expect, expectTypeOf, it } from "vitest";
import { compose, composeLayers, createFlagLayer } from "./compose.ts";
import type { OptionTable } from "./option.ts";
import { runOptions } from "./tables/run-options.ts";
import { serveOptions } from "./tables/serve-options.ts";

const options = {
  size: { group: "Options", kind: "integer", default: 4, brief: "size" },
  name: { group: "Options", kind: "text", brief: "name" },
  count: { group: "Options", kind: "integer", aliasOf: "size", brief: "the same as --size" },
} as const satisfies OptionTable;

const layer = (key: string, value: unknown) => new Map([[key, { value, source: "a layer" }]]);

it("an option with a default always has a value, and one without may be missing", () => {
  const { values, sources } = composeLayers(options, []);
  expectTypeOf(values.size).toEqualTypeOf<number>();
  expectTypeOf(values.name).toEqualTypeOf<string | undefined>();
  expect(values).toEqual({ size: 4 });
  expect(sources.get("size")).toEqual({ value: 4, source: "default" });
});

it("a later layer overrides an earlier one, and keys outside the table are left out", () => {
  const { values } = composeLayers(options, [layer("size", 5), layer("size", 6), layer("stranger", 1)]);
  expect(values).toEqual({ size: 6 });
});

it("values have the order of the table, sources the order of the layers", () => {
  const { values, sources } = composeLayers({ name: options.name, size: options.size }, [layer("name", "n")]);
  expect(Object.keys(values)).toEqual(["name", "size"]);
  expect([...sources.keys()]).toEqual(["size", "name"]);
});

it("another name of an option sets the option and overrides it", () => {
  expect(createFlagLayer(options, { count: 2, size: 1 })).toEqual(new Map([["size", { value: 2, source: "--count" }]]));
});

it("steps, errors and time of a turn have the defaults of the libraries", () => {
  const run = compose({ options: runOptions, given: {}, cwd: "." }).values;
  const serve = compose({ options: serveOptions, given: {}, cwd: "." }).values;
  const limits = ({ max_steps, max_errors, turn_timeout }: { max_steps: number; max_errors: number; turn_timeout: number | null }) => ({
    maxSteps: max_steps,
    maxErrors: max_errors,
    turnTimeoutMs: turn_timeout! * 1000,
  });
  expect(runDefaults).toMatchObject(limits(run));
  expect(episodeDefaults).toEqual(limits(serve));
});
