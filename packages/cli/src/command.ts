import { buildCommand, type Command } from "@stricli/core";
import type { CliContext, CommandWork } from "./io.ts";
import { camel, createFlagParameters, type FlagsOf } from "./config/flags.ts";
import type { OptionTable } from "./config/option.ts";

/** A word that a command takes beside its options. */
export interface Positional {
  readonly placeholder: string;
  readonly brief: string;
}

/** Help of a command. */
export interface CommandHelp {
  readonly brief: string;
  /** Text after the command's name in the usage line. */
  readonly usage: string;
  readonly about?: string;
  readonly options: OptionTable;
  /** Letters for options, by option key. */
  readonly letters?: Readonly<Record<string, string>>;
  readonly positional?: readonly Positional[];
  /** Command lines to copy, with what each does. */
  readonly examples?: readonly (readonly [line: string, what: string])[];
}

/** A command: its help, and where its work is. */
export interface CommandSpec<T extends OptionTable, Args extends readonly string[]> extends CommandHelp {
  readonly options: T;
  /** Any number of words after the positional ones. */
  readonly more?: boolean;
  /** Loads the work; nothing of it is loaded before. */
  load(): Promise<CommandWork<FlagsOf<T>, Args>>;
}

/** A command as the parser knows it, and as the help shows it. */
export interface BuiltCommand {
  readonly command: Command<CliContext>;
  readonly help: CommandHelp;
}

/** Makes a command of the parser. Its errors are shown by `guarded`, which is loaded with its work. */
export function defineCommand<const T extends OptionTable, Args extends readonly string[] = []>(spec: CommandSpec<T, Args>): BuiltCommand {
  const { options, letters = {}, positional = [], more = false } = spec;
  const words = positional.map(({ placeholder, brief }) => ({ placeholder, brief, parse: String }));
  const command = buildCommand<Record<string, unknown>, readonly string[], CliContext>({
    docs: { brief: spec.brief },
    parameters: {
      flags: createFlagParameters(options),
      aliases: Object.fromEntries(Object.entries(letters).map(([letter, key]) => [letter, camel(key)])),
      positional: more ? { kind: "array", parameter: words.at(-1), minimum: words.length } : { kind: "tuple", parameters: words },
    } as never,
    loader: async () => {
      const [{ withErrorHandling }, work] = await Promise.all([import("./errors.ts"), spec.load()]);
      return withErrorHandling(work as unknown as CommandWork<Record<string, unknown>, readonly string[]>);
    },
  });
  return { command, help: spec };
}
