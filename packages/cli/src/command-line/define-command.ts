import { buildCommand, type Command, type CommandFunction } from "@stricli/core";
import { camel, createFlagParameters, type FlagsOf } from "../config/flags.ts";
import { toFlagName, type OptionTable } from "../config/option.ts";
import { exitCodes, formatError, getExitCode, UsageError } from "../errors.ts";
import type { CliContext, CliIo } from "../io.ts";
import type { Printer } from "../ui/printer.ts";

/** A word that a command takes beside its options. */
export interface Positional {
  readonly placeholder: string;
  readonly brief: string;
}

/** An optional word that sets an option. */
export interface WordOption extends Positional {
  readonly key: string;
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
  /** Option that a word without a name sets: `tau2 run airline` means `tau2 run --domain airline`. */
  readonly wordOption?: WordOption | undefined;
  /** Command lines to copy, with what each does. */
  readonly examples?: readonly (readonly [line: string, what: string])[];
}

/** The streams and surroundings of a command line, and the printer of the command's result. */
export interface WorkContext {
  readonly io: CliIo;
  readonly printer: Printer;
}

/** Work of a command: returns its exit code, 0 when it returns nothing. Errors are shown to the person. */
export type CommandWork<Flags, Words extends readonly string[]> = (
  context: WorkContext,
  flags: Flags,
  ...words: Words
) => Promise<number | void> | number | void;

/** One word for each positional, and any number of others with `more`. */
type WordsOf<P extends readonly Positional[], More extends boolean> = [
  ...{ -readonly [K in keyof P]: string },
  ...(More extends true ? string[] : []),
];

/** A command: its options, its help and its work. */
export interface CommandSpec<T extends OptionTable, P extends readonly Positional[], More extends boolean> extends CommandHelp {
  readonly options: T;
  readonly positional?: P;
  /** Any number of words after the positional ones. */
  readonly more?: More;
  /** Imports its modules when it runs, since every start of `tau2` loads all commands. */
  readonly work: CommandWork<FlagsOf<T>, WordsOf<P, More>>;
}

/** A command as the parser knows it, and as the help shows it. */
export interface BuiltCommand {
  readonly command: Command<CliContext>;
  readonly help: CommandHelp;
}

/**
 * Defines a command for the parser and for the help.
 *
 * ```ts
 * export const whereIs = defineCommand({
 *   brief: "show where the data of a domain is",
 *   usage: "DOMAIN",
 *   options: {},
 *   positional: [domainWord],
 *   async work({ io, printer }, _flags, name) {
 *     const { loadDomainWithData } = await import("../domain/load-domain-with-data.ts");
 *     printer.lines([(await loadDomainWithData(io, name, undefined)).data.source]);
 *   },
 * });
 * ```
 */
export function defineCommand<const T extends OptionTable, const P extends readonly Positional[] = [], const More extends boolean = false>(
  spec: CommandSpec<T, P, More>,
): BuiltCommand {
  const { options, letters = {}, positional = [], wordOption, more = false } = spec;
  const words = positional.map(({ placeholder, brief }) => ({ placeholder, brief, parse: String }));
  const optional = wordOption ? [{ placeholder: wordOption.placeholder, brief: wordOption.brief, parse: String, optional: true }] : [];
  const command = buildCommand<Record<string, unknown>, readonly string[], CliContext>({
    docs: { brief: spec.brief },
    parameters: {
      flags: createFlagParameters(options),
      aliases: Object.fromEntries(Object.entries(letters).map(([letter, key]) => [letter, camel(key)])),
      positional: more
        ? { kind: "array", parameter: words.at(-1), minimum: words.length }
        : { kind: "tuple", parameters: [...words, ...optional] },
    } as never,
    func: withErrorHandling(withWordOption(spec.work as unknown as AnyWork, wordOption)),
  });
  return { command, help: spec };
}

type AnyWork = CommandWork<Record<string, unknown>, readonly string[]>;

/** Passes the word of {@link CommandHelp.wordOption} to the work as the option that it sets. */
function withWordOption(work: AnyWork, wordOption: WordOption | undefined): AnyWork {
  if (!wordOption) return work;
  const flag = camel(wordOption.key);
  return (context, flags, word, ...words) => {
    if (word === undefined) return work(context, flags, ...words);
    if (flags[flag] !== undefined) throw new UsageError(`${toFlagName(wordOption.key)} is given twice, once as the word '${word}'`);
    return work(context, { ...flags, [flag]: word }, ...words);
  };
}

/** Turns a command's work into a function of the parser. What it throws becomes a text for a person and an exit code. */
function withErrorHandling(work: AnyWork): CommandFunction<Record<string, unknown>, readonly string[], CliContext> {
  return async function command(flags, ...words) {
    const { io } = this;
    try {
      const { createPrinter } = await import("../ui/printer.ts");
      this.process.exitCode = (await work({ io, printer: createPrinter(io) }, flags, ...words)) ?? exitCodes.ok;
    } catch (thrown) {
      io.stderr.write(`${formatError(thrown)}\n`);
      this.process.exitCode = getExitCode(thrown);
    }
  };
}
