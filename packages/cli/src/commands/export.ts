import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Tau2Error } from "@tau2/domains";
import { writeRolloutResults, writeSft, writeVerifiers, type ExportedRun, type Rollout } from "@tau2/gym/training";
import {
  getRolloutFiles,
  readRolloutHistory as readHistory,
  type RolloutHistory,
  type RolloutSessionEntry as SessionEntry,
} from "@tau2/gym/internal";
import { UsageError } from "../errors.ts";
import { checkGiven } from "../config/check-value.ts";
import { getGivenValues, type FlagsOf } from "../config/flags.ts";
import type { ValuesOf } from "../config/option.ts";
import { shortenPath } from "../config/presets.ts";
import type { CliIo } from "../io.ts";
import { count } from "../ui/text.ts";
import { exportOptions } from "./export-options.ts";
import { createOutput } from "./output.ts";

type Values = ValuesOf<typeof exportOptions>;

/** `tau2 export`: rollouts of a run as files for other programs, each read back before it is called done. */
export async function exportRollouts(
  io: CliIo,
  flags: FlagsOf<typeof exportOptions> & { readonly json?: boolean },
  place: string,
): Promise<void> {
  const values: Values = Object.fromEntries(checkGiven(exportOptions, getGivenValues(exportOptions, flags)));
  if (values.to === undefined) throw new UsageError("which form? --to sft, --to verifiers or --to results");
  const folder = getDataFolder(resolve(io.cwd, place));
  const history = await readHistory(getRolloutFiles(folder).log);
  if (!history) throw new Tau2Error("not_found", `${place} does not contain rollouts: it is not the folder of a run`);
  const { run, rollouts } = chosen(history, values);
  if (rollouts.length === 0) throw new UsageError(`${place} does not contain such an episode; \`tau2 export --help\` lists the filters`);
  const path = values.out === undefined ? join(folder, defaultPaths[values.to as Form]) : resolve(io.cwd, values.out);
  const written = await forms[values.to as Form](path, run, rollouts, { ...values, returns: getReturns(history.session) });
  const result = createOutput(io);
  if (flags.json) result.json({ to: values.to, path, written: written.count, left_out: rollouts.length - written.episodes });
  else {
    result.lines([`${written.text} of ${count(rollouts.length, "episode")} in ${shortenPath(path, io.cwd)}, read back and found whole`]);
    if (written.count === 0) io.stderr.write(`${nothingIn(rollouts, values.min_reward)}\n`);
  }
}

/** Why there is nothing to learn from. */
function nothingIn(rollouts: readonly Rollout[], least = 1): string {
  const rewards = rollouts.map(({ final_reward }) => final_reward).filter((reward) => reward !== null);
  if (rewards.length === 0) return "No episode has a reward: in all of them another role than the policy failed.";
  return `No episode earned ${least}; the best earned ${Math.max(...rewards)}. --min-reward says how much is enough.`;
}

interface Written {
  readonly count: number;
  /** Episodes that are in the file. */
  readonly episodes: number;
  readonly text: string;
}

type Form = "sft" | "verifiers" | "results";
type FormOptions = Values & { returns: { discountFactor: number; meanCenter: boolean } };

const defaultPaths: Readonly<Record<Form, string>> = { sft: "sft.jsonl", verifiers: "verifiers", results: "results.json" };

const forms: Readonly<
  Record<Form, (path: string, run: ExportedRun, rollouts: readonly Rollout[], options: FormOptions) => Promise<Written>>
> = {
  async sft(path, run, rollouts, { min_reward: minReward, allow_test_split: allowTestSplit }) {
    const conversations = await writeSft(path, run, rollouts, { minReward, allowTestSplit });
    const episodes = new Set(
      conversations.map((each) => [each.split, each.sample_id, each.generation_id, each.try_step, each.batch_id].join(" ")),
    );
    return { count: conversations.length, episodes: episodes.size, text: count(conversations.length, "conversation") };
  },
  async verifiers(path, run, rollouts, { with_trajectory: trajectory, allow_test_split: allowTestSplit, returns }) {
    const { rows } = await writeVerifiers(path, run, rollouts, { trajectory, allowTestSplit, ...returns });
    return { count: rows.length, episodes: rows.length, text: count(rows.length, "row") };
  },
  async results(path, run, rollouts) {
    const { simulations } = await writeRolloutResults(path, run, rollouts);
    return { count: simulations.length, episodes: simulations.length, text: count(simulations.length, "simulation") };
  },
};

/** A run is named by its folder, or by its log. */
function getDataFolder(path: string): string {
  return existsSync(path) && path.endsWith(".jsonl") ? dirname(path) : path;
}

function chosen({ session, rollouts }: RolloutHistory, { evaluation, split }: Values): { run: ExportedRun; rollouts: Rollout[] } {
  const purpose = evaluation ? "evaluation" : "batch";
  const run = evaluation ? (session.runs.evaluation ?? session.runs.batch) : session.runs.batch;
  const stored = [...rollouts.values()].filter((each) => each.purpose === purpose).map(({ rollout }) => rollout);
  const inOrder = (a: Rollout, b: Rollout) =>
    a.batch_id - b.batch_id || a.try_step - b.try_step || a.sample_id - b.sample_id || a.generation_id - b.generation_id;
  return { run, rollouts: stored.filter((each) => split === undefined || each.split === split).toSorted(inOrder) };
}

/** As the run had them, for advantages. */
function getReturns({ config }: SessionEntry): FormOptions["returns"] {
  const values = (group: string) => (config[group] ?? {}) as Record<string, { value: unknown } | undefined>;
  const factor = values("generator")["discount_factor"]?.value || values("trainer")["discount_factor"]?.value;
  return { discountFactor: typeof factor === "number" ? factor : 0.9, meanCenter: values("generator")["mean_center"]?.value === true };
}
