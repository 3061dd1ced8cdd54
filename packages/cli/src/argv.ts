import { normalizeRolloutArgv } from "./rollout/normalize-argv.ts";
import {
  ArgumentScannerError,
  formatMessageForArgumentScannerError,
  text_en,
  type ApplicationText,
  type ArgumentParseError,
  type FlagNotFoundError,
} from "@stricli/core";
import { unsupportedOption } from "./config/unsupported.ts";
import { whichDomain } from "./domain/load-domain.ts";

/**
 * The command line as the parser wants it. The parser knows `--task-ids a --task-ids b`; people, and tau2-bench, write `--task-ids a b`.
 */
export function normalizeArgv(argv: readonly string[]): string[] {
  const ours = referenceNames.get(argv[0] ?? "");
  if (ours) return normalizeArgv([...ours, ...argv.slice(1)]);
  if (argv[0] === "tools" && argv[1] === "call") return separateToolArguments(argv);
  return argv[0] === "tools" && argv.includes("--openapi") ? openapiCommand(argv) : spreadLists(normalizeRolloutArgv(argv));
}

/** Commands of tau2-bench that have another name here. */
const referenceNames: ReadonlyMap<string, readonly string[]> = new Map([
  ["check-data", ["data", "check"]],
  ["evaluate-trajs", ["evaluate"]],
  ["convert-results", ["convert"]],
]);

/** `tools --openapi --domain airline` is another way to say `tools openapi airline`. */
function openapiCommand(argv: readonly string[]): string[] {
  const words = argv.slice(1).filter((word) => !/^(--openapi|--domain|-d)$/.test(word));
  return ["tools", "openapi", ...words.map((word) => word.replace(/^--domain=/, ""))];
}

const listFlags: ReadonlySet<string> = new Set(["--task-ids", "--rerun-tasks", "--config"]);

function spreadLists(argv: readonly string[]): string[] {
  let list: string | null = null;
  return argv.flatMap((word, i) => {
    if (word.startsWith("-")) {
      list = listFlags.has(word) ? word : null;
      const hasValues = argv[i + 1]?.startsWith("-") === false;
      return list !== null && hasValues ? [] : [word];
    }
    return list === null ? [word] : [list, word];
  });
}

/** Options that `tau2 tools call` has itself; a tool's argument of the same name goes through `--args`. */
const ownOptions = new Map([
  ["--args", 1],
  ["--as", 1],
  ["--data", 1],
  ["--state", 1],
  ["--json", 0],
  ["--help", 0],
  ["-h", 0],
]);

/** Puts a tool's own arguments behind `--`, where the parser leaves them alone. */
function separateToolArguments(argv: readonly string[]): string[] {
  const own: string[] = [];
  const tools: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === "--") return [...own, "--", ...tools, ...argv.slice(i + 1)];
    const values = ownOptions.get(word.split("=", 1)[0]!);
    const taken = values === undefined ? 0 : word.includes("=") ? 0 : values;
    if (tools.length === 0 && !word.startsWith("--")) own.push(word);
    else if (values === undefined) tools.push(word);
    else own.push(...argv.slice(i, i + 1 + taken));
    i += taken;
  }
  return tools.length > 0 ? [...own, "--", ...tools] : own;
}

/** Messages of the parser, in the manner of our other errors. */
export const parserText: ApplicationText = {
  ...text_en,
  noCommandRegisteredForInput: ({ input, corrections }) =>
    `error: no command '${input}'${hint(corrections.map((name) => name.replaceAll("`", "")))}`,
  exceptionWhileParsingArguments(thrown) {
    if (!(thrown instanceof ArgumentScannerError)) return text_en.exceptionWhileParsingArguments.call(this, thrown, false);
    const message = formatMessageForArgumentScannerError(thrown, {
      FlagNotFoundError: unknownFlag,
      ArgumentParseError: badValue,
      UnexpectedPositionalError: ({ input }) =>
        `'${input}' is one word too many; options begin with --, and a value with spaces needs quotes`,
      UnsatisfiedFlagError: ({ externalFlagName }) => `${flag(externalFlagName)} needs a value`,
      UnsatisfiedPositionalError: ({ placeholder }) => missingWord(placeholder),
      UnexpectedFlagError: ({ externalFlagName, previousInput, input }) =>
        `${flag(externalFlagName)} is given twice: ${previousInput} and ${input}`,
      AliasNotFoundError: ({ input }) => `no option -${input}`,
    });
    return `error: ${message}`;
  },
};

function missingWord(placeholder: string): string {
  if (placeholder === "domain") return whichDomain();
  return `${placeholder.toUpperCase()} is missing; add --help to see what the command takes`;
}

function unknownFlag({ input, corrections }: FlagNotFoundError): string {
  const word = unsupportedOption(input.replace(/^--/, ""));
  if (word) return `--${input} is not supported: ${word}`;
  return `no option --${input}${hint(corrections.map(flag))}`;
}

function badValue({ externalFlagNameOrPlaceholder, input, exception }: ArgumentParseError): string {
  const problem = exception instanceof Error ? exception.message : String(exception);
  return `${flag(externalFlagNameOrPlaceholder)} ${problem}, not ${input}`;
}

/** Flags as they are written: the parser keeps some of them in camel case. */
function flag(name: string): string {
  return `--${name.replace(/^--/, "").replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function hint(corrections: readonly string[]): string {
  return corrections.length > 0 ? `; did you mean '${corrections[0]!}'?` : "; `tau2 --help` lists what there is";
}
