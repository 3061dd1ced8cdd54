import { convertResults } from "@tau2/orchestrator/results";
import { checkGiven } from "../config/check-value.ts";
import type { FlagsOf } from "../config/flags.ts";
import type { CliIo } from "../io.ts";
import { getRunPath } from "../results/find-run.ts";
import { createOutput } from "./output.ts";
import { convertOptions } from "./results-options.ts";

/** `tau2 convert RUN`; the texts are tau2-bench's (docs/spec/core.md#12). */
export async function convert(
  io: CliIo,
  flags: FlagsOf<typeof convertOptions> & { readonly json?: boolean },
  given: string,
): Promise<void> {
  const { from, to, simulations, backups } = await convertResults(getRunPath(io.cwd, given), getFormat(flags.to), {
    backup: !flags.noBackup,
  });
  const result = createOutput(io);
  if (flags.json) result.json({ from, to, simulations, backups });
  else if (from === to) result.lines([`Results at ${given} are already in '${to}' format.`]);
  else {
    result.lines([
      `Converting ${given}: '${from}' -> '${to}'`,
      ...backups.map((backup) => `  Backup: ${backup}`),
      `  Done. ${simulations} simulation(s) converted to '${to}' format.`,
    ]);
  }
}

function getFormat(to: string | undefined): "json" | "dir" | undefined {
  if (to !== undefined) checkGiven({ to: convertOptions.to }, { to });
  return to as "json" | "dir" | undefined;
}
