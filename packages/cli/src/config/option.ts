/** Kinds of values of options, on the command line and in help. */
export type OptionKind = "text" | "integer" | "number" | "switch" | "object" | "list";

/** One option of a command: the same declaration makes the command-line flag, the key of configuration files, its check, and the help. */
export interface Option {
  readonly kind: OptionKind;
  /** Heading under which the help lists it. */
  readonly group: string;
  readonly brief: string;
  /** Placeholder for the value in the help. */
  readonly placeholder?: string;
  /** Default as the help shows it; the value itself when `default` is set. */
  readonly defaultText?: string;
  readonly default?: string | number | boolean;
  /** True if `none` (in files: `null`) is a value, such as no limit or all tasks. */
  readonly nullable?: boolean;
  /** True for a list that is never stored or shown, such as keys. Each value is given by repeating the option. */
  readonly secret?: boolean;
  /** Smallest number. */
  readonly min?: number;
  /** The only texts it takes. */
  readonly choices?: readonly string[];
  /** Key that this option sets, if it is another name of one. It overrides the option of that key. */
  readonly aliasOf?: string;
}

/** Options by their key: the name in configuration files, `num_trials` for `--num-trials`. */
export type OptionTable = Readonly<Record<string, Option>>;

type ValueOfKind = {
  text: string;
  integer: number;
  number: number;
  switch: boolean;
  object: Readonly<Record<string, Json>>;
  list: readonly string[];
};

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Any value that an option can have. */
export type OptionValue = ValueOfKind[OptionKind] | null;

type ValueOf<T extends Option> = ValueOfKind[T["kind"]] | (T extends { nullable: true } ? null : never);

/** The values of a table's options, as far as they are given. */
export type ValuesOf<T extends OptionTable> = { readonly [K in keyof T]?: ValueOf<T[K]> };

type KeysWithDefault<T extends OptionTable> = { [K in keyof T]: T[K] extends { default: string | number | boolean } ? K : never }[keyof T];

/** The values of a table's options after composition: an option with a default has a value. */
export type ComposedValues<T extends OptionTable> = ValuesOf<T> & { readonly [K in KeysWithDefault<T>]: ValueOf<T[K]> };

/** `num_trials` as the command line writes it: `--num-trials`. */
export function toFlagName(key: string): string {
  return `--${key.replaceAll("_", "-")}`;
}

/** A value and where it comes from: `--num-trials`, `run.yaml:3`, `default`. */
export interface Sourced {
  readonly value: unknown;
  readonly source: string;
}

/** Options from one place: a file, or the command line. */
export type Layer = ReadonlyMap<string, Sourced>;

/** The option of every command that has a result to show. */
export const jsonOption = {
  json: { group: "Output", kind: "switch", brief: "one JSON document instead of text for people" },
} as const satisfies OptionTable;
