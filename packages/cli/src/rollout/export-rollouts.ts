import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { returnDefaults } from "@tau2/gym/defaults";
import type { RolloutHistory, RolloutSessionEntry, ExportedRun } from "@tau2/gym/internal";
import { writeRolloutResults, writeSft, writeVerifiers, type Rollout } from "@tau2/gym/training";
import { count } from "../ui/text.ts";

/** A form for other programs. */
export type ExportForm = "sft" | "verifiers" | "results";

/** The episodes that an export takes, and how much of them it writes. Keys are those of the options. */
export interface ExportChoice {
  readonly split?: string;
  readonly evaluation?: boolean;
  readonly allow_test_split?: boolean;
  readonly min_reward?: number;
  readonly with_trajectory?: boolean;
}

/** Content of an export. */
export interface Exported {
  readonly count: number;
  /** Episodes that are in the file. */
  readonly episodes: number;
  readonly text: string;
}

/** Options of a form. */
interface FormOptions extends ExportChoice {
  readonly returns: { readonly discountFactor: number; readonly meanCenter: boolean };
}

/** Names of the exports in the run's folder. */
export const defaultPaths: Readonly<Record<ExportForm, string>> = { sft: "sft.jsonl", verifiers: "verifiers", results: "results.json" };

const writers: Readonly<
  Record<ExportForm, (path: string, run: ExportedRun, rollouts: readonly Rollout[], options: FormOptions) => Promise<Exported>>
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

/** Writes episodes in a form, and reads them back. */
export async function writeExport(
  form: ExportForm,
  path: string,
  { run, rollouts, session }: { readonly run: ExportedRun; readonly rollouts: readonly Rollout[]; readonly session: RolloutSessionEntry },
  choice: ExportChoice,
): Promise<Exported> {
  return writers[form](path, run, rollouts, { ...choice, returns: getReturns(session) });
}

/** Returns the reason why an export holds nothing to learn from. */
export function explainEmptyExport(rollouts: readonly Rollout[], least = 1): string {
  const rewards = rollouts.map(({ final_reward }) => final_reward).filter((reward) => reward !== null);
  if (rewards.length === 0) return "No episode has a reward: in all of them another role than the policy failed.";
  return `No episode earned ${least}; the best earned ${Math.max(...rewards)}. --min-reward says how much is enough.`;
}

/** Returns the folder of a run that is named by its folder or by its log. */
export function getDataFolder(path: string): string {
  return existsSync(path) && path.endsWith(".jsonl") ? dirname(path) : path;
}

/** Returns the episodes that an export takes, in their order. */
export function chooseRollouts(
  { session, rollouts }: RolloutHistory,
  { evaluation, split }: ExportChoice,
): { run: ExportedRun; rollouts: Rollout[] } {
  const purpose = evaluation ? "evaluation" : "batch";
  const run = evaluation ? (session.runs.evaluation ?? session.runs.batch) : session.runs.batch;
  const stored = [...rollouts.values()].filter((each) => each.purpose === purpose).map(({ rollout }) => rollout);
  const inOrder = (a: Rollout, b: Rollout) =>
    a.batch_id - b.batch_id || a.try_step - b.try_step || a.sample_id - b.sample_id || a.generation_id - b.generation_id;
  return { run, rollouts: stored.filter((each) => split === undefined || each.split === split).toSorted(inOrder) };
}

/** Returns the settings of the run for its advantages. */
function getReturns({ config }: RolloutSessionEntry): FormOptions["returns"] {
  const values = (group: string) => (config[group] ?? {}) as Record<string, { value: unknown } | undefined>;
  const factor = values("generator")["discount_factor"]?.value || values("trainer")["discount_factor"]?.value;
  return {
    discountFactor: typeof factor === "number" ? factor : returnDefaults.discountFactor,
    meanCenter: values("generator")["mean_center"]?.value === true,
  };
}
