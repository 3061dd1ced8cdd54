import {
  ArgumentScannerError,
  formatMessageForArgumentScannerError,
  text_en,
  type ApplicationText,
  type ArgumentParseError,
  type FlagNotFoundError,
} from "@stricli/core";
import { closestName } from "@tau2/domains/internal";
import { commands, groups } from "../commands.ts";
import { toFlagName } from "../config/option.ts";
import { whichDomain } from "../domain/load-domain.ts";
import { findCommand, tau2BenchNames } from "./find-command.ts";
import { findUnsupportedCommand, findUnsupportedOption } from "./unsupported-options.ts";

/** Creates the messages of the parser for a command line, in the manner of our other errors. */
export function createParserText(argv: readonly string[]): ApplicationText {
  return {
    ...text_en,
    noCommandRegisteredForInput: ({ input }) => `error: ${unknownCommand(argv, input)}`,
    exceptionWhileParsingArguments(thrown) {
      if (!(thrown instanceof ArgumentScannerError)) return text_en.exceptionWhileParsingArguments.call(this, thrown, false);
      const message = formatMessageForArgumentScannerError(thrown, {
        FlagNotFoundError: (error) => unknownFlag(argv, error),
        ArgumentParseError: badValue,
        UnexpectedPositionalError: ({ input }) =>
          `'${input}' is one word too many; options begin with --, and a value with spaces needs quotes`,
        UnsatisfiedFlagError: ({ externalFlagName }) => `${flag(externalFlagName)} needs a value`,
        UnsatisfiedPositionalError: ({ placeholder }) => missingWord(placeholder),
        UnexpectedFlagError: ({ externalFlagName, previousInput, input }) =>
          `${flag(externalFlagName)} is given twice: ${previousInput} and ${input}`,
        AliasNotFoundError: ({ input }) => `no option -${input}; ${listsAll(argv)}`,
      });
      return `error: ${message}`;
    },
  };
}

function unknownCommand(argv: readonly string[], input: string): string {
  if (input.startsWith("-")) return `'${input}' stands where a command is expected, as in \`tau2 run ${argv.join(" ")}\``;
  const group = Object.hasOwn(groups, argv[0] ?? "") ? `${argv[0]} ` : "";
  const alternative = group === "" ? findUnsupportedCommand(input) : null;
  if (alternative !== null) return `tau2-bench's command '${input}' does not exist here: ${alternative}`;
  const names = Object.keys(commands).filter((name) => name.startsWith(group));
  const verbs = names.map((name) => name.slice(group.length).split(" ")[0]!);
  const near = closestName(input, group === "" ? [...verbs, ...tau2BenchNames.keys()] : verbs);
  return `no command '${group}${input}'; ${near === undefined ? `\`tau2 ${group}--help\` lists what there is` : `did you mean '${group}${near}'?`}`;
}

function missingWord(placeholder: string): string {
  if (placeholder === "domain") return whichDomain();
  return `${placeholder.toUpperCase()} is missing; add --help to see what the command takes`;
}

function unknownFlag(argv: readonly string[], { input }: FlagNotFoundError): string {
  const name = input.replace(/^--/, "");
  const alternative = findUnsupportedOption(name);
  if (alternative !== null) return `--${name} is not supported: ${alternative}`;
  const near = findNearOptions(name, Object.keys(findCommand(argv)?.help.options ?? {}));
  if (near.length === 0) return `no option --${name}; ${listsAll(argv)}`;
  return `no option --${name}; did you mean ${new Intl.ListFormat("en-GB", { type: "disjunction" }).format(near.map((key) => `'${toFlagName(key)}'`))}?`;
}

/** Returns the option with a similar name, or up to three with the given word in theirs, as `trials` in `num_trials`. */
function findNearOptions(name: string, keys: readonly string[]): string[] {
  const close = closestName(name, keys);
  if (close !== undefined) return [close];
  const wanted = `_${name.replaceAll("-", "_")}`;
  const within = keys.filter((key) => wanted.length > 3 && `_${key}`.includes(wanted));
  return within.toSorted((a, b) => a.length - b.length).slice(0, 3);
}

function listsAll(argv: readonly string[]): string {
  const name = findCommand(argv)?.name;
  return `\`tau2 ${name === undefined ? "" : `${name} `}--help\` lists what there is`;
}

function badValue({ externalFlagNameOrPlaceholder, input, exception }: ArgumentParseError): string {
  const problem = exception instanceof Error ? exception.message : String(exception);
  // A broken JSON object may hold a key.
  return `${flag(externalFlagNameOrPlaceholder)} ${problem}${/[{"]/.test(input) ? "" : `, not ${input}`}`;
}

/** Flags as they are written: the parser keeps some of them in camel case. */
function flag(name: string): string {
  return `--${name.replace(/^--/, "").replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
