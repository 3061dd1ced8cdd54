import { messageOf } from "@tau2/domains";
import { domainNames } from "./domains.ts";
import { kinds } from "./kinds/index.ts";
import { parseOptions, requireFolders, usage } from "./options.ts";
import { report, totals } from "./report.ts";
import { run } from "./run.ts";
import { sum } from "./tally.ts";

const known = { kinds: kinds.map(({ name }) => name), domains: domainNames };

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args, known);
  if (options.help) {
    process.stdout.write(`${usage(known.kinds, known.domains)}\n`);
    return 0;
  }
  requireFolders(options);
  const { only, domains, vectorsDir, dataDir } = options;
  const chosen = kinds.filter(({ name }) => only === null || only.includes(name));
  let started = performance.now();
  const tally = await run({
    kinds: chosen,
    vectorsDir,
    dataDir,
    domains,
    onKind(kind, soFar) {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      started = performance.now();
      process.stderr.write(`${kind}: ${totals(sum(soFar.row(kind).values()))} (${seconds} s)\n`);
    },
  });
  process.stdout.write(`${report(tally).join("\n")}\n`);
  return tally.total.failed > 0 ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  process.stderr.write(`conformance: ${messageOf(thrown)}\n`);
  process.exitCode = 2;
}
