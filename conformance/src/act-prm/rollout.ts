import { getActions, groupRollouts, type EpisodeStep, type ModelMessage, type Policy, type Tokenizer } from "@tau2/gym/training";
import type { RolloutMetrics, RolloutTrajectory } from "@tau2/gym/internal";
import { differences } from "../compare.ts";
import type { Subject } from "../domains.ts";
import type { Line } from "../kind.ts";
import { judged, skipped, type Difference, type Outcome } from "../outcome.ts";
import { withArgument } from "./functions.ts";
import { messageDigest } from "./message-digest.ts";
import { allReasons, reasons } from "./reasons.ts";
import { comparableText, sameRefusal } from "./refusals.ts";
import { environmentOf, type EnvLine } from "./training-env.ts";

/** A step as records of rollouts hold it: a digest and lengths, without the system prompt, in place of long texts. */
interface StepForm {
  next_obs: { role: string; content: string }[];
  batch_id: number;
  [key: string]: unknown;
}

interface TrajectoryForm {
  episode_steps: StepForm[];
  last_state_len_minus_system: number;
  [key: string]: unknown;
}

/** A recorded group rollout with its metrics. */
export interface RolloutLine extends Line, EnvLine {
  split: "train" | "eval" | "test";
  sample_idx: number;
  generator: { discount_factor: number; mean_center: boolean };
  checkpoint_name: string | null;
  /** Model texts of each step, for each attempt. */
  model_scripts: string[][];
  metrics: RolloutMetrics;
  trajectories: TrajectoryForm[];
}

/** Plays a recorded group rollout again, with a scripted model, and compares steps, returns, advantages and metrics. */
export async function rolloutOutcome(line: RolloutLine, subject: Subject): Promise<Outcome> {
  const { generator, model_scripts, checkpoint_name, trajectories } = line;
  const env = environmentOf(line, subject);
  const { groups, metrics } = await groupRollouts({
    env,
    policy: scriptedPolicy(model_scripts),
    tokenizer: codePoints,
    // Read as act-prm reads it, so that the rest can be compared.
    parse: (text) => getActions(text).map(withArgument),
    split: line.split,
    startIdx: line.sample_idx,
    numTasks: 1,
    groupSize: model_scripts.length,
    batchId: trajectories[0]?.episode_steps[0]?.batch_id ?? 0,
    discountFactor: generator.discount_factor,
    meanCenter: generator.mean_center,
    checkpointName: checkpoint_name ?? undefined,
  });
  const { group, failures } = groups[0]!;
  if (failures.length > 0) return skipped(reasons.fault);
  const left = new Set<string>();
  const found: Difference[] = differences(trajectories.length, group.trajectories.length, { path: "trajectories.length" });
  const own = lengthOf(env.systemPrompt);
  const centred = generator.mean_center && generator.discount_factor === 1;
  if (centred) left.add(reasons.centred);
  for (const [i, recorded] of trajectories.entries()) {
    const ours = group.trajectories[i];
    if (!ours) break;
    const [expected, actual] = comparable(recorded, trajectoryForm(ours, own), centred, left);
    found.push(...differences(expected, actual, { path: `trajectories[${i}]`, tolerance: 1e-12 }));
  }
  const expected = figures(line.metrics, left.has(reasons.refusal));
  const actual = figures(metrics, left.has(reasons.refusal));
  left.add(reasons.timesteps);
  found.push(...differences(Object.keys(line.metrics), Object.keys(metrics), { path: "names of metrics" }));
  found.push(...differences(expected, actual, { path: "metrics", tolerance: 1e-12 }));
  return judged(found, allReasons(left));
}

function scriptedPolicy(scripts: readonly (readonly string[])[]): Policy {
  return {
    name: "scripted",
    act: ({ state }) => scripts[state.generation_id]?.[state.timestep] ?? null,
    score: (tokens) => tokens.map(() => 0),
  };
}

/** The records' tokenizer: an id for each code point of the messages between markers. */
const codePoints: Tokenizer = {
  encode(messages: readonly ModelMessage[], { addGenerationPrompt }) {
    const text = messages.map(({ role, content }) => `<${role}>${content}</>`).join("") + (addGenerationPrompt ? "<assistant>" : "");
    return Array.from(text, (char) => char.codePointAt(0)!);
  },
};

function lengthOf(text: string): number {
  return Array.from(text).length;
}

function trajectoryForm(trajectory: RolloutTrajectory, systemLength: number): TrajectoryForm {
  const { final_reward, first_return, correct, returns, last_state_len, episode_steps } = trajectory;
  const last_state_len_minus_system = last_state_len - systemLength;
  return {
    final_reward,
    first_return,
    correct,
    returns,
    last_state_len_minus_system,
    episode_steps: episode_steps.map((step) => stepForm(step, systemLength)),
  };
}

function stepForm(step: EpisodeStep, systemLength: number): StepForm {
  const {
    state,
    state_len,
    state_action_tokens: _,
    old_logprobs,
    tools,
    temperature: __,
    constant_reward_group: ___,
    action_prob: ____,
    ...rest
  } = step;
  return {
    ...rest,
    next_obs: step.next_obs.map(({ role, content }) => ({ role, content: content ?? "" })),
    state_digest: messageDigest(state),
    state_len_minus_system: state_len - systemLength,
    num_action_tokens: old_logprobs.length,
    tools: tools?.length ?? null,
  };
}

/** Returns the compared parts of a trajectory: after a refusal in our words neither digest nor length, and where act-prm forgets them no advantages. */
function comparable(recorded: TrajectoryForm, ours: TrajectoryForm, centred: boolean, left: Set<string>): [unknown, unknown] {
  const unsaid = centred ? ["advantage", "advantage_is_computed"] : [];
  const expected: object[] = [];
  const actual: object[] = [];
  let lengths: string[] = [];
  for (const [i, step] of recorded.episode_steps.entries()) {
    const other = ours.episode_steps[i];
    if (!other) break;
    const refused = step.next_obs.map((message, n) => sameRefusal(message.content, other.next_obs[n]?.content ?? ""));
    expected.push(without(withTexts(step, refused), [...unsaid, ...lengths]));
    actual.push(without(withTexts(other, refused), [...unsaid, ...lengths]));
    if (!refused.includes(true)) continue;
    left.add(reasons.refusal);
    lengths = ["state_digest", "state_len_minus_system", "last_state_len_minus_system"];
  }
  const form = (whole: TrajectoryForm, steps: object[]) =>
    without({ ...whole, episode_steps: steps, length: whole.episode_steps.length }, lengths);
  return [form(recorded, expected), form(ours, actual)];
}

function withTexts(step: StepForm, refused: readonly boolean[]): StepForm {
  const next_obs = step.next_obs.map(({ role, content }, i) => ({ role, content: refused[i] ? "(refused)" : comparableText(content) }));
  return { ...step, next_obs };
}

function without(value: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Removes the effects of our prompt's length from metrics: of `last_state_len` the distance of the longest from the mean, and the spread. */
function figures(metrics: RolloutMetrics, refused: boolean): object {
  const lengths = Object.keys(metrics).find((key) => key.endsWith("last_state_len"))!;
  const kept = Object.entries(metrics).filter(([key]) => !/timesteps(_std|_max)?$/.test(key) && !key.startsWith(lengths));
  const spread = {
    [`${lengths}_max - mean`]: metrics[`${lengths}_max`]! - metrics[lengths]!,
    [`${lengths}_std`]: metrics[`${lengths}_std`],
  };
  return Object.fromEntries([...kept, ...(refused ? [] : Object.entries(spread))]);
}
