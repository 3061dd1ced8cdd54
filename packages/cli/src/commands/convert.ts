import { defineCommand } from "../command-line/define-command.ts";
import { jsonOption, type OptionTable } from "../config/option.ts";
import { runWord } from "./shared.ts";

const options = {
  to: {
    group: "Options",
    kind: "text",
    placeholder: "LAYOUT",
    choices: ["json", "dir"],
    brief: "json (one file) or dir (a file for each simulation)",
    defaultText: "the other one",
  },
  no_backup: { group: "Options", kind: "switch", default: false, brief: "do not keep copies of the old files" },
  ...jsonOption,
} as const satisfies OptionTable;

/** `tau2 convert RUN`; the texts are tau2-bench's (docs/spec/core.md#12). */
export const convert = defineCommand({
  brief: "convert results to the other layout of tau2-bench",
  usage: "RUN [options]",
  about: "One file with everything, or a file for each simulation. Copies of the old files stay beside it. Also called convert-results.",
  options,
  positional: [runWord],
  async work({ io, printer }, flags, given) {
    const { convertResults } = await import("@tau2/orchestrator/results");
    const { checkGiven } = await import("../config/check-value.ts");
    const { getRunPath } = await import("../results/find-run.ts");
    const { noteRemovedSecrets } = await import("../results/removed-secrets.ts");

    if (flags.to !== undefined) checkGiven({ to: options.to }, { to: flags.to });
    const format = flags.to as "json" | "dir" | undefined;
    const { from, to, simulations, backups, redacted } = await convertResults(getRunPath(io.cwd, given), format, {
      backup: !flags.noBackup,
    });
    if (from !== to) noteRemovedSecrets(io, given, redacted, backups);
    if (flags.json) printer.json({ from, to, simulations, backups });
    else if (from === to) printer.lines([`Results at ${given} are already in '${to}' format.`]);
    else {
      printer.lines([
        `Converting ${given}: '${from}' -> '${to}'`,
        ...backups.map((backup) => `  Backup: ${backup}`),
        `  Done. ${simulations} simulation(s) converted to '${to}' format.`,
      ]);
    }
  },
});
