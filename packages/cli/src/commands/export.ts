import { join, resolve } from "node:path";
import { Tau2Error } from "@tau2/domains";
import { defineCommand } from "../command-line/define-command.ts";
import { getGivenValues } from "../config/flags.ts";
import { jsonOption, type OptionTable, type ValuesOf } from "../config/option.ts";
import { UsageError } from "../errors.ts";
import type { ExportForm } from "../rollout/export-rollouts.ts";

const options = {
  to: {
    group: "Options",
    kind: "text",
    placeholder: "FORM",
    choices: ["sft", "verifiers", "results"],
    brief: "sft: chat with loss masks, JSON lines; verifiers: results.jsonl and metadata.json; results: results.json of tau2-bench's form",
  },
  out: {
    group: "Options",
    kind: "text",
    placeholder: "PATH",
    brief: "the file, or the folder for verifiers",
    defaultText: "in the run's folder",
  },
  split: {
    group: "Options",
    kind: "text",
    placeholder: "LIST",
    choices: ["train", "eval", "test"],
    brief: "only episodes of this list",
    defaultText: "all",
  },
  evaluation: { group: "Options", kind: "switch", brief: "the episodes of evaluations, not those of batches" },
  allow_test_split: {
    group: "Options",
    kind: "switch",
    brief: "allow episodes of test tasks in sft and verifiers: a model that learns from them cannot be tested on them any more",
  },
  min_reward: {
    group: "Options",
    kind: "number",
    placeholder: "X",
    min: 0,
    brief: "sft: only episodes that earned at least this",
    defaultText: "1",
  },
  with_trajectory: { group: "Options", kind: "switch", brief: "verifiers: every turn with what the model was shown, and its advantage" },
  ...jsonOption,
} as const satisfies OptionTable;

/** `tau2 export FOLDER`: rollouts of a run as files for other programs. */
export const exportRollouts = defineCommand({
  brief: "write the rollouts of a run as files for other programs",
  usage: "FOLDER --to sft|verifiers|results [options]",
  about:
    "Each file names the task list of an episode, and whether its task belongs to the test list. The files are read back before the command reports success.",
  options,
  positional: [{ placeholder: "folder", brief: "the run's folder, under --log-path" }],
  examples: [
    ["tau2 export logs/RUN --to sft", "what went well, as chat with loss masks"],
    ["tau2 export logs/RUN --to verifiers --with-trajectory --out vf", "results.jsonl and metadata.json"],
    ["tau2 export logs/RUN --to results", "results.json of tau2-bench's form"],
  ],
  async work({ io, printer }, flags, place) {
    const { getRolloutFiles, readRolloutHistory } = await import("@tau2/gym/internal");
    const { checkGiven } = await import("../config/check-value.ts");
    const { shortenPath } = await import("../config/config-files.ts");
    const { chooseRollouts, defaultPaths, explainEmptyExport, getDataFolder, writeExport } = await import("../rollout/export-rollouts.ts");
    const { count } = await import("../ui/text.ts");

    const values: ValuesOf<typeof options> = Object.fromEntries(checkGiven(options, getGivenValues(options, flags)));
    if (values.to === undefined) throw new UsageError("which form? --to sft, --to verifiers or --to results");
    const form = values.to as ExportForm;
    const folder = getDataFolder(resolve(io.cwd, place));
    const history = await readRolloutHistory(getRolloutFiles(folder).log);
    if (!history) throw new Tau2Error("not_found", `${place} does not contain rollouts: it is not the folder of a run`);
    const chosen = chooseRollouts(history, values);
    const all = chosen.rollouts.length;
    if (all === 0) throw new UsageError(`${place} does not contain such an episode; \`tau2 export --help\` lists the filters`);
    const path = values.out === undefined ? join(folder, defaultPaths[form]) : resolve(io.cwd, values.out);
    const written = await writeExport(form, path, { ...chosen, session: history.session }, values);
    if (flags.json) {
      printer.json({ to: form, path, written: written.count, left_out: all - written.episodes });
      return;
    }
    printer.lines([`${written.text} of ${count(all, "episode")} in ${shortenPath(path, io.cwd)}, read back and found whole`]);
    if (written.count === 0) io.stderr.write(`${explainEmptyExport(chosen.rollouts, values.min_reward)}\n`);
  },
});
