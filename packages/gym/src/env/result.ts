import { getErrorMessage, getPolicy } from "@tau2/domains/internal";
import type { Message, RewardInfo, Task, ToolDeclaration } from "@tau2/domains";
import type { Fault, SimulationRun } from "@tau2/orchestrator";
import type { ComponentReport } from "@tau2/orchestrator/evaluate";
import { getVisibleMessages } from "@tau2/orchestrator/internal";
import { isOver, type Episode } from "../episode/episode.ts";
import { getNewMessages, formatObservation } from "../observation.ts";

/** What kept somebody else from playing, or the end from being graded: never the learner. */
export interface EpisodeError {
  /** What kind of fault it was, as in `classifyFault` of `@tau2/orchestrator`. */
  class: Fault["class"];
  /** Who was at work. */
  role: Fault["role"];
  /** Whether the same episode may go well another time; `restore` a snapshot and take the step again. */
  transient: boolean;
  message: string;
}

/** What every `info` holds. */
export interface EpisodeInfo {
  task: Task;
  /** The whole conversation, once it is over; null while it goes on, and when it broke off. Its `reward_info` is always null. */
  simulation_run: SimulationRun | null;
  /** The policy of the domain, which the agent works under. */
  policy: string;
  /** The grade, in the result that ends the episode; null before. Missing where nothing was graded: a step after the end, or none at all. */
  reward_info?: RewardInfo | null;
  /** What every component found, beside the grade. */
  report?: ComponentReport;
  /** Why the action was not taken; the episode stands where it stood. */
  invalid_action?: string;
  error?: EpisodeError;
}

/** `info` of an `AgentEnv`. */
export interface AgentInfo extends EpisodeInfo {
  /** What the learner can call, `done` among them. */
  tools: readonly ToolDeclaration[];
}

/** `info` of a `UserEnv`. */
export interface UserInfo extends EpisodeInfo {
  agent_tools: readonly ToolDeclaration[];
  /** What the learner can call. */
  user_tools: readonly ToolDeclaration[];
}

/** What a reset shows. */
export interface ResetResult<Info extends EpisodeInfo = EpisodeInfo> {
  /** In the reference's text form. */
  observation: string;
  /** What is new to the learner, as messages. */
  messages: readonly Message[];
  info: Info;
}

/** What a step shows. */
export interface StepResult<Info extends EpisodeInfo = EpisodeInfo> extends ResetResult<Info> {
  /** 0 until the episode is over, then in [0, 1]. Null when a fault, not the learner, ended the episode or kept it from being graded. */
  reward: number | null;
  /** The conversation came to an end of its own: somebody stopped, or made too many errors. */
  terminated: boolean;
  /** The conversation was cut off: by a limit of steps or time, or by a fault (see `info.error`). */
  truncated: boolean;
}

/** A fault as `info` shows it. */
export function episodeError({ class: kind, role, transient, error }: Fault): EpisodeError {
  return { class: kind, role, transient, message: getErrorMessage(error) };
}

/** How an episode is shown. */
export interface ResultOptions<Extra> {
  /** What the learner is told beyond what every learner is told. */
  extra: Extra;
  /** Observation texts hold everything that the learner has seen. */
  allMessages: boolean;
}

/** What a reset shows. An episode can be over before the learner's first turn; then there is nothing to observe (docs/spec/core.md#11-1). */
export function toResetResult<Extra>(episode: Episode, { extra, allMessages }: ResultOptions<Extra>): ResetResult<EpisodeInfo & Extra> {
  const grade = isOver(episode) ? gradeOf(episode) : {};
  return { ...(isOver(episode) ? nothing() : observe(episode, allMessages)), info: { ...infoOf(episode), ...grade, ...extra } };
}

/** What a step shows that was taken. */
export function toStepResult<Extra>(episode: Episode, { extra, allMessages }: ResultOptions<Extra>): StepResult<EpisodeInfo & Extra> {
  const { outcome, fault } = episode;
  const reward = fault ? null : (outcome?.evaluation?.rewardInfo.reward ?? 0);
  return { ...observe(episode, allMessages), reward, ...flagsOf(episode), info: { ...infoOf(episode), ...gradeOf(episode), ...extra } };
}

/** What a step shows when the episode is over already. */
export function toOverResult<Extra>(episode: Episode, { extra }: ResultOptions<Extra>): StepResult<EpisodeInfo & Extra> {
  return { ...nothing(), reward: episode.fault ? null : 0, ...flagsOf(episode), info: { ...infoOf(episode), ...extra } };
}

/** What a step shows when the action could not be taken; the episode stands where it stood. */
export function toInvalidActionResult<Extra>(
  episode: Episode,
  reason: string,
  { extra }: ResultOptions<Extra>,
): StepResult<EpisodeInfo & Extra> {
  const info = { ...infoOf(episode), invalid_action: reason, ...extra };
  return { observation: `Invalid action with error: ${reason}`, messages: [], reward: 0, terminated: false, truncated: false, info };
}

function observe({ conversation, context, fault }: Episode, allMessages: boolean): Pick<ResetResult, "observation" | "messages"> {
  const { ended, nextSpeaker, messages } = conversation;
  if (fault && !ended) return nothing();
  const fresh = getNewMessages(messages, context.learner);
  // The reference shows the last word of an episode only to the one it was said to (docs/spec/core.md#11-1).
  if (ended && nextSpeaker !== context.learner) return { observation: "", messages: fresh };
  return { observation: formatObservation(allMessages ? getVisibleMessages(messages, context.learner) : fresh), messages: fresh };
}

function nothing(): Pick<ResetResult, "observation" | "messages"> {
  return { observation: "", messages: [] };
}

function flagsOf({ conversation: { ended }, fault }: Episode): Pick<StepResult, "terminated" | "truncated"> {
  const truncated = ended === "max_steps" || ended === "timeout" || (ended === null && fault !== null);
  return { terminated: ended !== null && !truncated, truncated };
}

function gradeOf({ outcome }: Episode): Pick<EpisodeInfo, "reward_info" | "report"> {
  const { rewardInfo, report } = outcome?.evaluation ?? {};
  return { reward_info: rewardInfo ?? null, ...(report ? { report } : {}) };
}

function infoOf({ context, outcome, fault }: Episode): EpisodeInfo {
  return {
    task: context.task,
    simulation_run: outcome?.simulation ?? null,
    policy: getPolicy(context.rules.environment),
    ...(fault ? { error: episodeError(fault) } : {}),
  };
}
