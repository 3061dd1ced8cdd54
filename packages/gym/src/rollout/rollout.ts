import { getPolicy, hashText } from "@tau2/domains/internal";
import { toTrajectory } from "@tau2/orchestrator";
import { withReport, toSimulationRun, classifyFault } from "@tau2/orchestrator/internal";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { evaluateWithoutJudge, type Evaluation } from "@tau2/orchestrator/evaluate";
import { toEpisodeError, type EpisodeError } from "../env/step-result.ts";
import type { Episode, MaybePromise } from "../episode/episode.ts";
import type { StepKeywords } from "../training/keywords.ts";
import type { ActionFromLLM } from "../training/messages.ts";
import { toModelMessages, toPlainMessage, type TrainingStep, type EpisodeState } from "../training/state.ts";
import { toTrainingEnv, type RolloutEnv } from "../training/to-training-env.ts";
import { type Policy, type PolicyTurn, toReplyActions, toReplyMessage, toPolicy, type PolicyOption } from "./policy.ts";
import { getRolloutId, type RolloutKey, createEpisodeStep, type EpisodeStep, type Rollout } from "./rollout-record.ts";
import { countStepTokens, type Tokenizer } from "./tokens.ts";

/**
 * Converts an episode to a graded simulation for results files. Returns null if a fault interrupted it.
 * An episode that the limit of turns truncated, or that the policy ended, is stored with `max_steps`.
 * @param trial index of the attempt at the task
 */
function toGradedSimulation({ context, conversation, outcome, fault }: Episode, trial: number): SimulationRun | null {
  if (outcome) return addEvaluation({ ...outcome.simulation, trial }, outcome.evaluation);
  if (fault || conversation.nextSpeaker !== context.learner) return null;
  const { task, seed, start, clock, withoutJudge, rules } = context;
  const trajectory = toTrajectory({ ...conversation, ended: "max_steps" });
  const span = { start, end: new Date(), seconds: clock().elapsed };
  const { messages, terminationReason } = trajectory;
  return addEvaluation(
    toSimulationRun({ task, trial, seed }, trajectory, span, getPolicy(rules.environment)),
    evaluateWithoutJudge({ environment: rules.environment, task, messages, terminationReason, withoutJudge }),
  );
}

function addEvaluation(simulation: SimulationRun, evaluation: Evaluation | null): SimulationRun {
  if (!evaluation) return simulation;
  return { ...simulation, reward_info: evaluation.rewardInfo, info: withReport(simulation.info, evaluation.report) };
}

/** Derives the policy's seed for an episode: attempts at a task differ, and a second run repeats them. */
function deriveEpisodeSeed(seed: number, key: RolloutKey): number {
  return Number.parseInt(hashText(`${seed}/${getRolloutId(key)}`).slice(0, 7), 16);
}

/** Settings of all turns of an episode. */
export interface TurnSettings {
  key: RolloutKey;
  policy: Policy;
  step: (keywords: StepKeywords) => MaybePromise<TrainingStep>;
  batchId: number;
  temperature: number | null;
  maxTokens: number | null;
  /** Seed of the run. */
  seed: number | null;
  tokenizer: Tokenizer | undefined;
  parse: ((text: string) => ActionFromLLM[]) | undefined;
  signal: AbortSignal | undefined;
}

/** Turn that was played. */
export interface TurnResult {
  result: TrainingStep;
  step: EpisodeStep;
}

/** Calls the policy, and plays its answer. Returns null if the policy ends the episode. */
async function takeTurn(
  current_state: EpisodeState,
  { key, policy, step, batchId, temperature, maxTokens, seed, tokenizer, parse, signal }: TurnSettings,
): Promise<TurnResult | null> {
  const { tools, timestep, try_step } = current_state;
  const messages = toModelMessages(current_state);
  const turn: PolicyTurn = {
    messages,
    tools,
    state: current_state,
    temperature,
    maxTokens,
    seed: seed === null ? null : deriveEpisodeSeed(seed, key),
    ...(signal ? { signal } : {}),
  };
  const said = await policy.act(turn);
  if (said === null) return null;
  const reply = typeof said === "string" ? { content: said } : said;
  const action = toReplyMessage(reply);
  const tokens = await countStepTokens({ policy, tokenizer, reply }, { state: messages, action, tools });
  const parsed_actions = toReplyActions(reply, parse);
  const result = await step({ parsed_actions, model_response: [action], current_state, current_messages: messages });
  const called = (action.tool_calls ?? []).length > 0;
  return {
    result,
    step: createEpisodeStep({
      state: messages,
      action,
      next_obs: result.state.new_messages.map((message) => toPlainMessage(message, called)),
      ...tokens,
      temperature,
      reward: result.reward,
      done: result.done,
      truncated: result.truncated,
      timestep,
      try_step,
      batch_id: batchId,
      unique_data_sample_id: key.sample_id,
      generation_id: key.generation_id,
      split: key.split,
      tools,
    }),
  };
}

/** Options that `rollout` and `groupRollouts` share. */
export interface RolloutSettings {
  /**
   * Environment. An `AgentEnv` plays its own task, or the tasks of its domain's default split; an environment of `getEnv` draws from its
   * lists.
   */
  env: RolloutEnv;
  /** Policy that acts: a policy, a model, or a function of the turn. */
  policy: PolicyOption;
  /** Written to the steps. Default: 0. */
  batchId?: number | undefined;
  /** Passed to the policy. Default: the policy's own. */
  temperature?: number | undefined;
  /** Passed to the policy. Default: the policy's own. */
  maxTokens?: number | undefined;
  /** Source of the policy's seeds, one for each episode. Default: none. */
  seed?: number | undefined;
  /** Tokenizer of the policy's model. Without it, steps do not hold token ids. */
  tokenizer?: Tokenizer | undefined;
  /** Parses a text of the policy. Default: `getActions`. */
  parse?: ((text: string) => ActionFromLLM[]) | undefined;
  /** Cancels the episodes. */
  signal?: AbortSignal | undefined;
}

/** Options of {@link rollout}. */
export interface RolloutOptions extends RolloutSettings {
  /** Index of the task in its list. Default: 0. */
  sampleId?: number | undefined;
  /** Index of the attempt at the task. Default: 0. */
  generationId?: number | undefined;
  /** Default: 0. */
  tryStep?: number | undefined;
  /** List of tasks. Default: `split` of the environment. */
  split?: RolloutKey["split"] | undefined;
  /** Receives each step immediately. */
  onStep?: ((step: EpisodeStep) => void) | undefined;
}

/**
 * Plays one episode with a policy (docs/spec/act-prm.md#11-2).
 * A failure of a participant is not thrown: `final_reward` is null, `error` says who failed and why, and the steps until then are kept.
 * @example
 * ```ts
 * import { mock } from "@tau2/domains/mock";
 * import { AgentEnv } from "@tau2/gym";
 * import { goldPolicy, rollout } from "@tau2/gym/training";
 *
 * const env = new AgentEnv({ domain: mock, taskId: "create_with_title" });
 * const { final_reward, episode_steps } = await rollout({ env, policy: goldPolicy() });
 * ```
 * @throws Tau2Error `invalid` if the policy is missing or the task list is empty; `unsupported` for an `AgentEnv` in solo mode. Errors
 * thrown by `onStep` propagate.
 */
export async function rollout(options: RolloutOptions): Promise<Rollout> {
  const env = toTrainingEnv(options.env);
  const { sampleId = 0, generationId = 0, tryStep = 0, split = env.split, batchId = 0 } = options;
  const key: RolloutKey = { split, sample_id: sampleId, generation_id: generationId, try_step: tryStep };
  const policy = toPolicy(options.policy);
  const task_id = env.taskAt(sampleId, split).id;
  const began = performance.now();
  const { steps, state, error } = await playEpisode(env, options, {
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
    simulation: state && !(error && !state.tau2_episode.outcome) ? toGradedSimulation(state.tau2_episode, generationId) : null,
    seconds: (performance.now() - began) / 1000,
  };
}

interface PlayedEpisode {
  steps: EpisodeStep[];
  /** Last state. Null if the reset failed. */
  state: EpisodeState | null;
  error: EpisodeError | null;
}

async function playEpisode(
  env: ReturnType<typeof toTrainingEnv>,
  { onStep }: RolloutOptions,
  settings: TurnSettings,
): Promise<PlayedEpisode> {
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
    return { steps, state: null, error: toEpisodeError(classifyFault(thrown, "environment")) };
  }
  let error = state.metadata.error ?? null;
  for (let over = error !== null; !over;) {
    let taken: TurnResult | null;
    try {
      taken = await takeTurn(state, settings);
    } catch (thrown) {
      error = toEpisodeError(classifyFault(thrown, "agent"));
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
    error = toEpisodeError(classifyFault(new Error(`the policy '${policy.name}' did not answer the first turn`), "agent"));
  }
  return { steps, state, error };
}
