import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { didYouMean } from "@tau2/domains/internal";
import { Tau2Error } from "@tau2/domains";

/** Options of the command line. */
export interface Options {
  vectorsDir: string;
  dataDir: string;
  /** Names of kinds; null for all. */
  only: string[] | null;
  /** Names of domains; null for all. */
  domains: string[] | null;
  help: boolean;
}

const names = ["--vectors", "--data", "--only", "--domain", "--help"] as const;

/** Usage of the command. */
export function usage(kinds: readonly string[], domains: readonly string[]): string {
  return [
    "Replays recorded runs of tau2-bench and compares.",
    "",
    "  pnpm conformance [--vectors DIR] [--data DIR] [--only KIND,…] [--domain NAME,…]",
    "",
    "  --vectors DIR   the records (default: conformance/ in the shared folder)",
    "  --data DIR      the data that they were made with (default: official/ in the shared folder)",
    `  --only KIND,…   some of ${kinds.join(", ")}`,
    `  --domain NAME,… some of ${domains.join(", ")}`,
    "",
    "The shared folder is TAU2_SHARED, or ../shared beside the repository.",
    "Exit code: 0 when nothing failed, 1 when something did, 2 when the command line or a folder is wrong.",
  ].join("\n");
}

/** @throws Tau2Error `usage` naming the fault and the option that was probably meant. */
export function parseOptions(
  args: readonly string[],
  known: { kinds: readonly string[]; domains: readonly string[] },
  environment = process.env,
): Options {
  const shared = environment["TAU2_SHARED"] || join(dirname(fileURLToPath(import.meta.url)), "../../../shared");
  const options: Options = {
    vectorsDir: join(shared, "conformance"),
    dataDir: join(shared, "official"),
    only: null,
    domains: null,
    help: false,
  };
  const rest = args.flatMap((arg) =>
    arg.startsWith("--") && arg.includes("=") ? [arg.slice(0, arg.indexOf("=")), arg.slice(arg.indexOf("=") + 1)] : [arg],
  );
  while (rest.length > 0) {
    const name = rest.shift()!;
    if (name === "--") continue;
    if (name === "--help" || name === "-h") {
      options.help = true;
      continue;
    }
    if (!names.includes(name as never)) throw unknown("option", name, names);
    const value = rest.shift();
    if (value === undefined || value.startsWith("--")) throw new Tau2Error("usage", `${name} needs a value`);
    if (name === "--vectors") options.vectorsDir = resolve(value);
    if (name === "--data") options.dataDir = resolve(value);
    if (name === "--only") options.only = [...(options.only ?? []), ...list(value, "kind", known.kinds)];
    if (name === "--domain") options.domains = [...(options.domains ?? []), ...list(value, "domain", known.domains)];
  }
  return options;
}

/** @throws Tau2Error `usage` naming the folder that is not there and the option that says where it is. */
export function requireFolders({ vectorsDir, dataDir }: Options): void {
  if (!existsSync(vectorsDir)) throw new Tau2Error("usage", `records are missing at ${vectorsDir}; name their folder with --vectors DIR`);
  if (!existsSync(dataDir)) throw new Tau2Error("usage", `data is missing at ${dataDir}; name its folder with --data DIR`);
}

function list(value: string, what: string, known: readonly string[]): string[] {
  const words = value
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  for (const word of words) if (!known.includes(word)) throw unknown(what, word, known);
  if (words.length === 0) throw new Tau2Error("usage", `no ${what} is named; there are: ${known.join(", ")}`);
  return words;
}

function unknown(what: string, word: string, known: readonly string[]): Tau2Error {
  return new Tau2Error("usage", `unknown ${what} '${word}'${didYouMean(word, known) || "."} There are: ${known.join(", ")}`);
}
