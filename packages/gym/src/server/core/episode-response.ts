import { isParticipantMessage, formatScenario, toPlainValue, getPolicy, pyJsonDumps } from "@tau2/domains/internal";
import {
  type JsonObject,
  type Message,
  type RewardInfo,
  type ToolDeclaration,
  hashDatabase,
  diffStates,
  createInitialState,
  type DiffEntry,
  hasToolCalls,
  type ToolCall,
} from "@tau2/domains";
import type { TerminationReason } from "@tau2/orchestrator";
import { type ComponentReport, evaluate, type EvaluationType } from "@tau2/orchestrator/evaluate";
import { getEpisodeStatus, type EpisodeError, type EpisodeInfo, type ResetResult, type StepResult } from "../../env/step-result.ts";
import type { Episode } from "../../episode/episode.ts";
import type { Mode } from "../wire/request-schemas.ts";
import { withReport, getVisibleMessages } from "@tau2/orchestrator/internal";

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
  return { ...toCommonStatus(result, episode), reward: result.reward, terminated: result.terminated, truncated: result.truncated };
}

/** An episode that was entered, at its beginning or anywhere else, as clients see it. */
export function toEnteredStatus(result: Pick<ResetResult, "observation" | "messages" | "info">, episode: Episode): EpisodeStatus {
  return { ...toCommonStatus(result, episode), ...getEpisodeStatus(episode) };
}

function toCommonStatus(
  { observation, messages, info }: ResetResult,
  { conversation, fault, outcome }: Episode,
): Omit<EpisodeStatus, "reward" | "terminated" | "truncated"> {
  return {
    observation: { text: observation, messages: messages.map(toShownMessage) },
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

function toShownMessage(message: Message): ShownMessage {
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

/** The databases behind an episode, and what has changed in them. */
export interface StateInspection {
  /** Next speaker of the conversation. */
  turn: "agent" | "user" | "environment" | null;
  /** Changes since the task's beginning, by path; the first 200. */
  changes: ({ side: "agent" | "user" } & DiffEntry)[];
  changes_left_out: number;
  /** Hashes in tau2-bench's form; null unless requested. */
  hashes: { agent: string; user: string | null } | null;
  /** The whole databases; null where they were not asked for. */
  databases: { agent: unknown; user: unknown } | null;
}

const MOST_CHANGES = 200;

/** Inspects the state of an episode. Hashes and whole databases cost milliseconds and megabytes, so they are only included on request. */
export function inspectState({ context, conversation }: Episode, want: { hashes: boolean; databases: boolean }): StateInspection {
  const { environment: setup, task } = context.rules;
  const { domain } = setup;
  const now = conversation.state;
  const before = createInitialState(setup, { ...task.initial_state, message_history: task.initial_state?.message_history ?? [] });
  const sides = domain.user ? (["agent", "user"] as const) : (["agent"] as const);
  const changes = sides.flatMap((side) => diffStates(before[side], now[side]).map((entry) => ({ side, ...entry })));
  return {
    turn: conversation.ended ? null : conversation.nextSpeaker,
    changes: changes.slice(0, MOST_CHANGES),
    changes_left_out: Math.max(0, changes.length - MOST_CHANGES),
    hashes: want.hashes
      ? { agent: hashDatabase(domain.agent.database, now.agent), user: domain.user ? hashDatabase(domain.user.database, now.user) : null }
      : null,
    databases: want.databases ? { agent: toPlainValue(now.agent), user: toPlainValue(now.user) } : null,
  };
}

/** The conversation up to here, and at its end its grade: what results files hold of a simulation. What there is not yet is null. */
export function toPartialSimulation(sessionId: string, { context, conversation, outcome }: Episode): JsonObject {
  if (outcome) {
    const { simulation, evaluation } = outcome;
    const info = evaluation ? withReport(simulation.info, evaluation.report) : simulation.info;
    return { ...simulation, reward_info: evaluation?.rewardInfo ?? null, info } as unknown as JsonObject;
  }
  const { task, seed, start, clock, rules } = context;
  return {
    id: sessionId,
    task_id: task.id,
    start_time: start.toISOString(),
    end_time: null,
    duration: clock().elapsed,
    termination_reason: conversation.ended,
    reward_info: null,
    messages: conversation.messages.map((message, i) => ({ ...message, turn_idx: i })),
    seed,
    policy: getPolicy(rules.environment),
  } as unknown as JsonObject;
}

/**
 * Returns the learner's view as messages of chat completions: the learner is the assistant, the counterpart the user. Without a system prompt.
 * Calls without an id are given one, since chat completions tell by it which answer belongs to which call.
 */
export function toPartialChat({ context, conversation }: Episode): JsonObject[] {
  const own = context.learner === "agent" ? "assistant" : "user";
  let open: string[] = [];
  let made = 0;
  return getVisibleMessages(conversation.messages, context.learner).map((message): JsonObject => {
    if (message.role === "tool") return { role: "tool", tool_call_id: open.shift() ?? message.id, content: message.content ?? "" };
    if (message.role !== own) return { role: "user", content: message.content ?? "" };
    if (!hasToolCalls(message)) return { role: "assistant", content: message.content };
    open = message.tool_calls.map(({ id }) => id || `call_${++made}`);
    return { role: "assistant", content: message.content, tool_calls: message.tool_calls.map((call, i) => chatCall(call, open[i]!)) };
  });
}

function chatCall({ name, arguments: args }: ToolCall, id: string): JsonObject {
  return { id, type: "function", function: { name, arguments: pyJsonDumps(args) } };
}

/** The grade of an episode. */
export interface EvaluationResponse {
  reward: number;
  reward_info: RewardInfo;
  report: ComponentReport;
  /** True if the episode is over, and this is its grade; else the grade if the learner stopped here. */
  final: boolean;
}

/** Type of the evaluation, and the signal that cancels it. */
export interface EvaluationOptions {
  /** By default the task's reward basis, as at the end of an episode. */
  type?: EvaluationType | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * The grade of an episode that is over, or what the grade would be if the learner stopped where it stands. Changes nothing.
 * @throws Tau2Error when it cannot be graded so; ModelError when the judge does not answer
 */
export async function evaluateEpisode(
  { context, conversation, outcome }: Episode,
  { type, signal }: EvaluationOptions,
): Promise<EvaluationResponse> {
  if (outcome?.evaluation && type === undefined) return toEvaluation(outcome.evaluation.rewardInfo, outcome.evaluation.report, true);
  const { rules, task, judge, withoutJudge, learner } = context;
  const { rewardInfo, report } = await evaluate({
    environment: rules.environment,
    task,
    messages: conversation.messages.map((message, i) => ({ ...message, turn_idx: i })),
    terminationReason: conversation.ended ?? (learner === "agent" ? "agent_stop" : "user_stop"),
    withoutJudge,
    judge: judge ?? undefined,
    signal,
    ...(type ? { type } : {}),
  });
  return toEvaluation(rewardInfo, report, outcome !== null);
}

function toEvaluation(rewardInfo: RewardInfo, report: ComponentReport, final: boolean): EvaluationResponse {
  return { reward: rewardInfo.reward, reward_info: rewardInfo, report, final };
}
