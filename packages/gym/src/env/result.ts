import { getErrorMessage, type Message, type RewardInfo, type Task, type ToolDeclaration } from "@tau2/domains";
import type { ComponentReport, Fault, SimulationRun } from "@tau2/orchestrator";

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
