import { toolsCall } from "../commands/tools-call.ts";
import { domainWord } from "../commands/shared.ts";
import { toFlagName } from "../config/option.ts";
import { findCommand, tau2BenchNames } from "./find-command.ts";

/** Returns the command line as the parser wants it. The parser knows `--task-ids a --task-ids b`; people and tau2-bench write `--task-ids a b`. */
export function normalizeArgv(argv: readonly string[]): string[] {
  const [first = "", ...rest] = argv;
  if (first === "help") return normalizeArgv([...rest, "--help"]);
  const ours = tau2BenchNames.get(first);
  if (ours) return normalizeArgv([...ours, ...rest]);
  if (first === "tools" && rest.includes("--openapi")) {
    return normalizeArgv(["tools", "openapi", ...rest.filter((word) => word !== "--openapi")]);
  }
  const words = moveDomain(argv);
  return words[0] === "tools" && words[1] === "call" ? separateToolArguments(words) : spreadLists(normalizeRolloutArgv(words));
}

/** Puts the value of `--domain` in the place of the word, for commands that take the domain as a word. */
function moveDomain(argv: readonly string[]): readonly string[] {
  const command = findCommand(argv);
  if (command?.help.positional?.[0] !== domainWord) return argv;
  const at = argv.findIndex((word) => /^(-d|--domain(=.*)?)$/.test(word));
  // Further on, a tool may have an argument of this name.
  if (at === -1 || (command.name === "tools call" && at > command.length)) return argv;
  const value = argv[at]!.startsWith("--domain=") ? [argv[at]!.slice("--domain=".length)] : argv.slice(at + 1, at + 2);
  const others = [...argv.slice(0, at), ...argv.slice(at + (argv[at]!.includes("=") ? 1 : 2))];
  return [...others.slice(0, command.length), ...value, ...others.slice(command.length)];
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

/** Options of `tau2 tools call` with their number of values; a tool's argument of the same name goes through `--args`. */
const ownOptions: ReadonlyMap<string, number> = new Map([
  ...Object.entries(toolsCall.help.options).map(([key, { kind }]) => [toFlagName(key), kind === "switch" ? 0 : 1] as const),
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

/** Replaces the underscores of option names, as act-prm writes them, and `tau2 config show` with options of rollouts by its own command. */
function normalizeRolloutArgv(argv: readonly string[]): string[] {
  const words = argv.map((word) => (/^--\w+_\w+/.test(word) ? kebab(word) : word));
  if (words[0] !== "config" || words[1] !== "show") return words;
  const rest = words.slice(2);
  if (rest[0] === "rollout") return ["config", "rollout", ...rest.slice(1)];
  const isRollout = rest.some((word) => /^--(env|generator|trainer|replay-buffer|model|lora|eval-env|base-env)-config\b/.test(word));
  return isRollout ? ["config", "rollout", ...rest] : words;
}

/** Changes the name alone: a value behind `=` stays as it is. */
function kebab(word: string): string {
  const [name, ...value] = word.split("=");
  return [name!.replaceAll("_", "-"), ...value].join("=");
}
