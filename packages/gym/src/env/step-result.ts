import { hasToolCalls, type Message, type RewardInfo, type Task, type ToolDeclaration } from "@tau2/domains";
import { getErrorMessage, getPolicy } from "@tau2/domains/internal";
import type { Fault, SimulationRun } from "@tau2/orchestrator";
import type { ComponentReport } from "@tau2/orchestrator/evaluate";
import { getVisibleMessages } from "@tau2/orchestrator/internal";
import { formatCalls } from "../action/action.ts";
import type { Side } from "../episode/episode-context.ts";
import { isOver, type Episode } from "../episode/episode.ts";

/** What is new to a learner: everything it has seen since its own last message. */
export function getNewMessages(messages: readonly Message[], learner: Side): Message[] {
  const view = getVisibleMessages(messages, learner);
  const own = learner === "agent" ? "assistant" : "user";
  return view.slice(view.findLastIndex(({ role }) => role === own) + 1);
}

/**
 * Messages as the reference shows them to a learner (docs/spec/core.md#11-2), one after the other: `user: Hello`, `tool: {"id": 1}`, and calls as
 * `assistant: f(a=1), g()`.
 */
export function formatObservation(messages: readonly Message[]): string {
  return messages.map(formatEntry).join("\n");
}

function formatEntry(message: Message): string {
  const { role, content } = message;
  return `${role}: ${hasToolCalls(message) ? formatCalls(message).join(", ") : (content ?? "")}`;
}

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

/** Reward of an episode, and how it ended. */
export interface EpisodeStatus {
  /** 0 until the episode is over, then in [0, 1]. Null if a fault, not the learner, ended the episode or prevented its grading. */
  reward: number | null;
  /** Whether the conversation ended by itself: a participant stopped it, or there were too many errors. */
  terminated: boolean;
  /** Whether a limit of steps or time, or a fault (see `info.error`), cut the conversation off. */
  truncated: boolean;
}

/** Result of a step. */
export interface StepResult<Info extends EpisodeInfo = EpisodeInfo> extends ResetResult<Info>, EpisodeStatus {}

/** A fault as `info` shows it. */
export function toEpisodeError({ class: kind, role, transient, error }: Fault): EpisodeError {
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
  const grade = isOver(episode) ? getGrade(episode) : {};
  return {
    ...(isOver(episode) ? getEmptyObservation() : getObservation(episode, allMessages)),
    info: { ...getInfo(episode), ...grade, ...extra },
  };
}

/** What a step shows that was taken. */
export function toStepResult<Extra>(episode: Episode, { extra, allMessages }: ResultOptions<Extra>): StepResult<EpisodeInfo & Extra> {
  const info = { ...getInfo(episode), ...getGrade(episode), ...extra };
  return { ...getObservation(episode, allMessages), ...getEpisodeStatus(episode), info };
}

/** What a step shows when the episode is over already. */
export function toOverResult<Extra>(episode: Episode, { extra }: ResultOptions<Extra>): StepResult<EpisodeInfo & Extra> {
  const reward = episode.fault ? null : 0;
  return { ...getEmptyObservation(), ...getEpisodeStatus(episode), reward, info: { ...getInfo(episode), ...extra } };
}

/** What a step shows when the action could not be taken; the episode stands where it stood. */
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
  // The reference shows the last word of an episode only to the one it was said to (docs/spec/core.md#11-1).
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

/** `info` as the reference's gym has it, its texts parsed: `{}` where there is nothing yet. */
export type Tau2BenchInfo = Omit<EpisodeInfo, "simulation_run" | "reward_info" | "report" | "error" | "invalid_action"> & {
  simulation_run: object;
  reward_info?: object;
};

/** What the reference's gym shows for a step. */
export interface Tau2BenchStep {
  observation: string;
  reward: number;
  terminated: boolean;
  /** Always false there. */
  truncated: false;
  info: Tau2BenchInfo;
}

/**
 * A step as the reference's gym shows it (docs/spec/core.md#11-1), for comparing and for who was trained on that: every end is `terminated`, and a
 * fault of the other side ends the episode with reward 0.
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

/** A reset as the reference's gym shows it. */
export function toTau2BenchReset({ observation, info }: ResetResult): Pick<Tau2BenchStep, "observation" | "info"> {
  return { observation, info: toTau2BenchInfo(info) };
}

function toTau2BenchInfo(info: EpisodeInfo): Tau2BenchInfo {
  const { reward_info: _, report: __, error: ___, invalid_action: ____, simulation_run, ...rest } = info;
  return { ...rest, simulation_run: simulation_run ?? {} };
}
