/** What kind of value an option takes, in words for people and on the command line. */
export type OptionKind = "text" | "integer" | "number" | "switch" | "object" | "list";

/** One option of a command: the same declaration makes the command-line flag, the key of configuration files, its check, and the help. */
export interface Option {
  readonly kind: OptionKind;
  /** Heading under which the help lists it. */
  readonly group: string;
  readonly brief: string;
  /** What stands for the value in the help. */
  readonly placeholder?: string;
  /** What holds when nobody says anything, as the help shows it; the value itself when `default` is given. */
  readonly defaultText?: string;
  readonly default?: string | number | boolean;
  /** Whether `none` (in files: `null`) is a value: no limit, all of them, … */
  readonly nullable?: boolean;
  /** Smallest number. */
  readonly min?: number;
  /** The only texts it takes. */
  readonly choices?: readonly string[];
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

/** The values of a table's options, as far as they are given. */
export type ValuesOf<T extends OptionTable> = {
  readonly [K in keyof T]?: ValueOfKind[T[K]["kind"]] | (T[K] extends { nullable: true } ? null : never);
};

/** `num_trials` as the command line writes it: `--num-trials`. */
export function flagOf(key: string): string {
  return `--${key.replaceAll("_", "-")}`;
}
