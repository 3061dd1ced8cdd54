import { hasToolCalls, type Message, type RewardInfo, type Task, type ToolDeclaration } from "@tau2/domains";
import { getErrorMessage, getPolicy } from "@tau2/domains/internal";
import type { Fault } from "@tau2/orchestrator";
import type { SimulationRun } from "@tau2/orchestrator/results";
import type { ComponentReport } from "@tau2/orchestrator/evaluate";
import { getVisibleMessages } from "@tau2/orchestrator/internal";
import { formatCalls } from "../action/action.ts";
import type { Side } from "../episode/episode-context.ts";
import { isOver, type Episode } from "../episode/episode.ts";

/** Returns the messages that are new to a learner: those since its own last message. */
export function getNewMessages(messages: readonly Message[], learner: Side): Message[] {
  const view = getVisibleMessages(messages, learner);
  const own = learner === "agent" ? "assistant" : "user";
  return view.slice(view.findLastIndex(({ role }) => role === own) + 1);
}

/**
 * Formats messages as tau2-bench shows them to a learner (docs/spec/core.md#11-2), one after the other: `user: Hello`, `tool: {"id": 1}`,
 * and calls as `assistant: f(a=1), g()`.
 */
export function formatObservation(messages: readonly Message[]): string {
  return messages.map(formatEntry).join("\n");
}

function formatEntry(message: Message): string {
  const { role, content } = message;
  return `${role}: ${hasToolCalls(message) ? formatCalls(message).join(", ") : (content ?? "")}`;
}

/** Fault of a participant other than the learner, or of the grading. */
export interface EpisodeError {
  /** Kind of the fault, as in `classifyFault` of `@tau2/orchestrator`. */
  class: Fault["class"];
  /** Participant or part that failed. */
  role: Fault["role"];
  /** True if a retry may succeed: `restore` a snapshot and take the step again. */
  transient: boolean;
  message: string;
}

/** Fields that every `info` holds. */
export interface EpisodeInfo {
  task: Task;
  /** Whole conversation once it is over, with `reward_info: null`. Null before the end, and if a fault interrupted it. */
  simulation_run: SimulationRun | null;
  /** Policy of the domain, which the agent works under. */
  policy: string;
  /** Grade, in the result that ends the episode. Null before; missing if a step was not graded, such as one after the end. */
  reward_info?: RewardInfo | null;
  /** Findings of each component of the grading. */
  report?: ComponentReport;
  /** Reason for which the action was refused. The episode does not change. */
  invalid_action?: string;
  error?: EpisodeError;
}

/** `info` of an `AgentEnv`. */
export interface AgentInfo extends EpisodeInfo {
  /** Tools that the learner can call, `done` included. */
  tools: readonly ToolDeclaration[];
}

/** `info` of a `UserEnv`. */
export interface UserInfo extends EpisodeInfo {
  agent_tools: readonly ToolDeclaration[];
  /** Tools that the learner can call. */
  user_tools: readonly ToolDeclaration[];
}

/** Result of a reset. */
export interface ResetResult<Info extends EpisodeInfo = EpisodeInfo> {
  /** New messages in tau2-bench's text form. */
  observation: string;
  /** New messages as values. */
  messages: readonly Message[];
  info: Info;
}

/** Reward of an episode, and how it ended. */
export interface EpisodeStatus {
  /** 0 until the episode is over, then in [0, 1]. Null if a fault, not the learner, ended the episode or prevented its grading. */
  reward: number | null;
  /** True if the conversation ended by itself: a participant stopped it, or there were too many errors. */
  terminated: boolean;
  /** True if a limit of steps or time, or a fault (see `info.error`), cut the conversation off. */
  truncated: boolean;
}

/** Result of a step. */
export interface StepResult<Info extends EpisodeInfo = EpisodeInfo> extends ResetResult<Info>, EpisodeStatus {}

/** Converts a fault for `info`. */
export function toEpisodeError({ class: kind, role, transient, error }: Fault): EpisodeError {
  return { class: kind, role, transient, message: getErrorMessage(error) };
}

/** Options of the results of an environment. */
export interface ResultOptions<Extra> {
  /** Fields of `info` that depend on the learner's role. */
  extra: Extra;
  /** True if observation texts hold all messages that the learner has seen. */
  allMessages: boolean;
}

/**
 * Returns the result of a reset. An episode can be over before the learner's first turn; then its observation is empty
 * (docs/spec/core.md#11-1).
 */
export function toResetResult<Extra>(episode: Episode, { extra, allMessages }: ResultOptions<Extra>): ResetResult<EpisodeInfo & Extra> {
  const grade = isOver(episode) ? getGrade(episode) : {};
  return {
    ...(isOver(episode) ? getEmptyObservation() : getObservation(episode, allMessages)),
    info: { ...getInfo(episode), ...grade, ...extra },
  };
}

/** Returns the result of a step. */
export function toStepResult<Extra>(episode: Episode, { extra, allMessages }: ResultOptions<Extra>): StepResult<EpisodeInfo & Extra> {
  const info = { ...getInfo(episode), ...getGrade(episode), ...extra };
  return { ...getObservation(episode, allMessages), ...getEpisodeStatus(episode), info };
}

/** Returns the result of a step after the end of the episode. */
export function toOverResult<Extra>(episode: Episode, { extra }: ResultOptions<Extra>): StepResult<EpisodeInfo & Extra> {
  const reward = episode.fault ? null : 0;
  return { ...getEmptyObservation(), ...getEpisodeStatus(episode), reward, info: { ...getInfo(episode), ...extra } };
}

/** Returns the result of a step whose action was refused. The episode does not change. */
export function toInvalidActionResult<Extra>(
  episode: Episode,
  reason: string,
  { extra }: ResultOptions<Extra>,
): StepResult<EpisodeInfo & Extra> {
  const info = { ...getInfo(episode), invalid_action: reason, ...extra };
  return { observation: `Invalid action with error: ${reason}`, messages: [], reward: 0, terminated: false, truncated: false, info };
}

function getObservation({ conversation, context, fault }: Episode, allMessages: boolean): Pick<ResetResult, "observation" | "messages"> {
  const { ended, nextSpeaker, messages } = conversation;
  if (fault && !ended) return getEmptyObservation();
  const fresh = getNewMessages(messages, context.learner);
  // tau2-bench shows the last message of an episode only to its recipient (docs/spec/core.md#11-1).
  if (ended && nextSpeaker !== context.learner) return { observation: "", messages: fresh };
  return { observation: formatObservation(allMessages ? getVisibleMessages(messages, context.learner) : fresh), messages: fresh };
}

function getEmptyObservation(): Pick<ResetResult, "observation" | "messages"> {
  return { observation: "", messages: [] };
}

/**
 * Returns the reward of an episode and whether it was terminated or truncated.
 * An episode is truncated if a limit of steps or time, or a fault of another participant, cut it off before its conversation ended.
 */
export function getEpisodeStatus({ conversation: { ended }, outcome, fault }: Episode): EpisodeStatus {
  const truncated = ended === "max_steps" || ended === "timeout" || (ended === null && fault !== null);
  const reward = fault ? null : (outcome?.evaluation?.rewardInfo.reward ?? 0);
  return { reward, terminated: ended !== null && !truncated, truncated };
}

function getGrade({ outcome }: Episode): Pick<EpisodeInfo, "reward_info" | "report"> {
  const { rewardInfo, report } = outcome?.evaluation ?? {};
  return { reward_info: rewardInfo ?? null, ...(report ? { report } : {}) };
}

function getInfo({ context, outcome, fault }: Episode): EpisodeInfo {
  return {
    task: context.task,
    simulation_run: outcome?.simulation ?? null,
    policy: getPolicy(context.rules.environment),
    ...(fault ? { error: toEpisodeError(fault) } : {}),
  };
}

/** `info` of tau2-bench's gym, its JSON texts parsed: `{}` before a value exists. */
export type Tau2BenchInfo = Omit<EpisodeInfo, "simulation_run" | "reward_info" | "report" | "error" | "invalid_action"> & {
  simulation_run: object;
  reward_info?: object;
};

/** Step result of tau2-bench's gym. */
export interface Tau2BenchStep {
  observation: string;
  reward: number;
  terminated: boolean;
  /** Always false in tau2-bench. */
  truncated: false;
  info: Tau2BenchInfo;
}

/**
 * Converts a step result to that of tau2-bench's gym (docs/spec/core.md#11-1), for comparisons and for models trained on it. Every end is
 * `terminated`, and a fault of the counterpart ends the episode with reward 0.
 */
export function toTau2BenchStep({ observation, reward, terminated, truncated, info }: StepResult): Tau2BenchStep {
  const { reward_info } = info;
  const graded = reward_info === undefined ? {} : { reward_info: reward_info ?? {} };
  return {
    observation,
    reward: reward ?? 0,
    terminated: terminated || truncated,
    truncated: false,
    info: { ...toTau2BenchInfo(info), ...graded },
  };
}

/** Converts a reset result to that of tau2-bench's gym. */
export function toTau2BenchReset({ observation, info }: ResetResult): Pick<Tau2BenchStep, "observation" | "info"> {
  return { observation, info: toTau2BenchInfo(info) };
}

function toTau2BenchInfo(info: EpisodeInfo): Tau2BenchInfo {
  const { reward_info: _, report: __, error: ___, invalid_action: ____, simulation_run, ...rest } = info;
  return { ...rest, simulation_run: simulation_run ?? {} };
}
