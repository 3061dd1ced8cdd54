import { convertResults } from "@tau2/orchestrator";
import { checkGiven } from "../config/check-value.ts";
import type { FlagsOf } from "../config/flags.ts";
import type { CliIo } from "../io.ts";
import { pathOfRun } from "../results/find-run.ts";
import { resultOf } from "./output.ts";
import { convertOptions } from "./results-options.ts";

/** `tau2 convert RUN`; the words are the reference's (docs/spec/core.md#12). */
export async function convert(
  io: CliIo,
  flags: FlagsOf<typeof convertOptions> & { readonly json?: boolean },
  given: string,
): Promise<void> {
  const { from, to, simulations, backups } = await convertResults(pathOfRun(io.cwd, given), formatOf(flags.to), {
    backup: !flags.noBackup,
  });
  const result = resultOf(io);
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

function formatOf(to: string | undefined): "json" | "dir" | undefined {
  if (to !== undefined) checkGiven({ to: convertOptions.to }, { to });
  return to as "json" | "dir" | undefined;
}
