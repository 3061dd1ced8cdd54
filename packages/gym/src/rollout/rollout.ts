import { classifyFault } from "@tau2/orchestrator/internal";
import { episodeError, type EpisodeError } from "../env/result.ts";
import type { ActionFromLLM } from "../training/keywords.ts";
import type { AsyncTau2BenchEnv } from "../training/async-tau2bench-env.ts";
import type { EpisodeState } from "../training/state.ts";
import type { Tau2BenchEnv } from "../training/tau2bench-env.ts";
import type { EpisodeStep } from "./episode-step.ts";
import { toUngradedSimulation } from "./held-simulation.ts";
import { toPolicy, type PolicyOption } from "./to-policy.ts";
import type { Rollout, RolloutKey } from "./rollout-record.ts";
import { takeTurn, type TakenTurn, type TurnSettings } from "./take-turn.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** What rollouts of any number take. */
export interface RolloutSettings {
  env: Tau2BenchEnv | AsyncTau2BenchEnv;
  /** Who acts. */
  policy: PolicyOption;
  /** Noted in the steps. By default 0. */
  batchId?: number | undefined;
  /** Handed to the policy. By default its own holds. */
  temperature?: number | undefined;
  /** Handed to the policy. By default its own holds. */
  maxTokens?: number | undefined;
  /** Makes a seed for the policy, another one in every episode. By default it gets none. */
  seed?: number | undefined;
  /** Counts what the model is shown and says. Left out, the steps have no ids. */
  tokenizer?: Tokenizer | undefined;
  /** How a text of the policy is read. By default `getActions`. */
  parse?: ((text: string) => ActionFromLLM[]) | undefined;
  /** Gives up. */
  signal?: AbortSignal | undefined;
}

/** What one rollout takes. */
export interface RolloutOptions extends RolloutSettings {
  /** Place of the task in its list. By default 0. */
  sampleId?: number | undefined;
  /** By default 0. */
  generationId?: number | undefined;
  /** By default 0. */
  tryStep?: number | undefined;
  /** By default the environment's. */
  split?: RolloutKey["split"] | undefined;
  /** Told of each step, at once. */
  onStep?: ((step: EpisodeStep) => void) | undefined;
}

/**
 * Plays one episode (docs/spec/act-prm.md#11-2). Who fails is not thrown: the final reward is null, `error` says who and why, and the steps until then
 * are there.
 * @throws Tau2Error when there is no policy, or no task at that place; what `onStep` throws
 */
export async function rollout(options: RolloutOptions): Promise<Rollout> {
  const { env, sampleId = 0, generationId = 0, tryStep = 0, split = env.split, batchId = 0 } = options;
  const key: RolloutKey = { split, sample_id: sampleId, generation_id: generationId, try_step: tryStep };
  const policy = toPolicy(options.policy);
  const task_id = env.taskAt(sampleId, split).id;
  const began = performance.now();
  const { steps, state, error } = await play(env, options, {
    key,
    policy,
    batchId,
    temperature: options.temperature ?? null,
    maxTokens: options.maxTokens ?? null,
    seed: options.seed ?? null,
    tokenizer: options.tokenizer,
    parse: options.parse,
    signal: options.signal,
    step: (keywords) => (env.isAsync ? env.step({ ...keywords, signal: options.signal }) : env.step(keywords)),
  });
  return {
    ...key,
    batch_id: batchId,
    task_id,
    policy: policy.name,
    episode_steps: steps,
    final_reward: error ? null : (steps.at(-1)?.reward ?? null),
    error,
    simulation: state && !(error && !state.tau2_episode.outcome) ? toUngradedSimulation(state.tau2_episode, generationId) : null,
    seconds: (performance.now() - began) / 1000,
  };
}

interface Played {
  steps: EpisodeStep[];
  /** Where it ended; null when it could not begin. */
  state: EpisodeState | null;
  error: EpisodeError | null;
}

async function play(env: RolloutSettings["env"], { onStep }: RolloutOptions, settings: TurnSettings): Promise<Played> {
  const { key, policy, batchId, signal } = settings;
  const steps: EpisodeStep[] = [];
  const place = {
    sample_idx: key.sample_id,
    generation_idx: key.generation_id,
    try_step: key.try_step,
    batch_idx: batchId,
    split: key.split,
  };
  let state: EpisodeState;
  try {
    state = await (env.isAsync ? env.reset({ ...place, signal }) : env.reset(place));
  } catch (thrown) {
    return { steps, state: null, error: episodeError(classifyFault(thrown, "environment")) };
  }
  let error = state.metadata.error ?? null;
  for (let over = error !== null; !over;) {
    let taken: TakenTurn | null;
    try {
      taken = await takeTurn(state, settings);
    } catch (thrown) {
      error = episodeError(classifyFault(thrown, "agent"));
      break;
    }
    if (!taken) break;
    steps.push(taken.step);
    onStep?.(taken.step);
    ({ state } = taken.result);
    if (taken.result.reward === null) error = taken.result.info.error ?? null;
    over = taken.result.done;
  }
  if (!error && steps.length === 0) {
    error = episodeError(classifyFault(new Error(`the policy '${policy.name}' gave no answer at all`), "agent"));
  }
  return { steps, state, error };
}
