import { rolloutWords } from "./rollout/rollout-words.ts";

/**
 * The command line as the parser wants it. It knows `--task-ids a --task-ids b`; people, and the reference, write `--task-ids a b`.
 */
export function normalizeArgv(argv: readonly string[]): string[] {
  const ours = referenceNames.get(argv[0] ?? "");
  if (ours) return normalizeArgv([...ours, ...argv.slice(1)]);
  if (argv[0] === "tools" && argv[1] === "call") return separateToolArguments(argv);
  return argv[0] === "tools" && argv.includes("--openapi") ? openapiCommand(argv) : spreadLists(rolloutWords(argv));
}

/** Commands of the reference that are called otherwise here. */
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
