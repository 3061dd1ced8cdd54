import type { OptionTable } from "./option.ts";

/** A value and where it comes from: `--num-trials`, `run.yaml:3`, `default`. */
export interface Sourced {
  readonly value: unknown;
  readonly source: string;
}

/** What one place says about the options: a file, or the command line. */
export type Layer = ReadonlyMap<string, Sourced>;

/** The layer of what is built in. */
export function defaultLayer(options: OptionTable): Layer {
  return new Map(
    Object.entries(options)
      .filter(([, option]) => option.default !== undefined)
      .map(([key, option]) => [key, { value: option.default, source: "default" }]),
  );
}
