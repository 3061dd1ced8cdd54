import { isParticipantMessage, formatScenario } from "@tau2/domains/internal";
import type { JsonObject, Message, RewardInfo, ToolDeclaration } from "@tau2/domains";
import type { TerminationReason } from "@tau2/orchestrator";
import type { ComponentReport } from "@tau2/orchestrator/evaluate";
import { getEpisodeStatus, type EpisodeError, type EpisodeInfo, type ResetResult, type StepResult } from "../../env/step-result.ts";
import type { Episode } from "../../episode/episode.ts";
import type { Mode } from "./settings.ts";

/** A message as learners see it: text and calls, without its origin. */
export type ShownMessage =
  | { role: "assistant" | "user" | "system"; content: string | null; tool_calls?: { id: string; name: string; arguments: JsonObject }[] }
  | { role: "tool"; id: string; content: string | null; error: boolean };

/** New messages of a learner. */
export interface Observation {
  /** In tau2-bench's text form, such as `user: Hello`. */
  text: string;
  messages: ShownMessage[];
}

/** A fault of another role than the learner. */
export interface FaultResponse extends Pick<EpisodeError, "class" | "role" | "message"> {
  /** True if another attempt may succeed. */
  retryable: boolean;
}

/** Status of an episode. */
export interface EpisodeStatus {
  observation: Observation;
  /** Null after a fault that is not the learner's. */
  reward: number | null;
  terminated: boolean;
  truncated: boolean;
  done: boolean;
  termination_reason: TerminationReason | null;
  error: FaultResponse | null;
  /** Null until the end. */
  reward_info: RewardInfo | null;
  /** Findings of every component of the grading; null until the end. */
  report: ComponentReport | null;
  /** Why the action was not taken; null when it was. */
  invalid_action: string | null;
  /** Steps of the conversation, which `max_steps` limits: messages and rounds of tool answers of both sides. */
  conversation_steps: number;
  max_steps: number;
}

/** Instructions for a learner before its first turn. */
export interface EpisodeInstructions {
  /** Tools of the learner. */
  tools: readonly ToolDeclaration[];
  policy: string;
  /** The scenario of the learner, in mode `user`; else null. */
  scenario: string | null;
  /** The ticket, in mode `solo`; else null. */
  ticket: string | null;
}

/** A step's result as clients see it. */
export function toEpisodeStatus(result: StepResult, episode: Episode): EpisodeStatus {
  return { ...common(result, episode), reward: result.reward, terminated: result.terminated, truncated: result.truncated };
}

/** An episode that was entered, at its beginning or anywhere else, as clients see it. */
export function toEnteredStatus(result: Pick<ResetResult, "observation" | "messages" | "info">, episode: Episode): EpisodeStatus {
  return { ...common(result, episode), ...getEpisodeStatus(episode) };
}

function common(
  { observation, messages, info }: ResetResult,
  { conversation, fault, outcome }: Episode,
): Omit<EpisodeStatus, "reward" | "terminated" | "truncated"> {
  return {
    observation: { text: observation, messages: messages.map(shownMessage) },
    done: fault !== null || outcome !== null,
    termination_reason: conversation.ended,
    error: info.error ? toFaultResponse(info.error) : null,
    reward_info: info.reward_info ?? null,
    report: info.report ?? null,
    invalid_action: info.invalid_action ?? null,
    conversation_steps: conversation.steps,
    max_steps: conversation.rules.maxSteps,
  };
}

/** A fault as clients see it. */
export function toFaultResponse({ class: kind, role, transient, message }: EpisodeError): FaultResponse {
  return { class: kind, role, retryable: transient, message };
}

function shownMessage(message: Message): ShownMessage {
  if (message.role === "tool") return { role: "tool", id: message.id, content: message.content, error: message.error };
  const { role, content } = message;
  if (!isParticipantMessage(message) || !message.tool_calls) return { role, content };
  return { role, content, tool_calls: message.tool_calls.map(({ id, name, arguments: args }) => ({ id, name, arguments: args })) };
}

/** Returns the instructions for a learner, from the result of a reset. */
export function getEpisodeInstructions(
  info: EpisodeInfo & Partial<Record<"tools" | "user_tools", readonly ToolDeclaration[]>>,
  mode: Mode,
): EpisodeInstructions {
  const { task, policy } = info;
  return {
    tools: (mode === "user" ? info.user_tools : info.tools) ?? [],
    policy,
    scenario: mode === "user" ? formatScenario(task.user_scenario) : null,
    ticket: mode === "solo" ? task.ticket : null,
  };
}
