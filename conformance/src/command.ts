import { isTau2Error } from "@tau2/domains";
import { domainNames } from "./domains.ts";
import { kinds } from "./kinds/index.ts";
import { parseOptions, requireFolders, usage } from "./options.ts";
import { report, totals } from "./report.ts";
import { run } from "./run.ts";
import { sum } from "./tally.ts";

/** Output of texts. */
export interface Output {
  /** The report, and nothing else. */
  out: (text: string) => void;
  /** Progress and errors. */
  err: (text: string) => void;
}

/** The command: compares what its arguments name and reports. Returns the exit code: 0 nothing failed, 1 something did, 2 it could not be run. */
export async function command(args: readonly string[], { out, err }: Output): Promise<number> {
  try {
    return await compare(args, { out, err });
  } catch (thrown) {
    if (!isTau2Error(thrown)) throw thrown;
    err(`conformance: ${thrown.message}\n`);
    return 2;
  }
}

async function compare(args: readonly string[], { out, err }: Output): Promise<number> {
  const known = { kinds: kinds.map(({ name }) => name), domains: domainNames };
  const options = parseOptions(args, known);
  if (options.help) {
    out(`${usage(known.kinds, known.domains)}\n`);
    return 0;
  }
  requireFolders(options);
  const { only, domains, vectorsDir, dataDir } = options;
  let started = performance.now();
  const tally = await run({
    kinds: kinds.filter(({ name }) => only === null || only.includes(name)),
    vectorsDir,
    dataDir,
    domains,
    onKind(kind, soFar) {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      started = performance.now();
      const had = soFar.missing.includes(kind) ? "no records" : totals(sum(soFar.row(kind).values()));
      err(`${kind}: ${had} (${seconds} s)\n`);
    },
  });
  out(`${report(tally).join("\n")}\n`);
  return tally.total.failed > 0 ? 1 : 0;
}
