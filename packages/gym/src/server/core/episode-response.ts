import { createInitialState, diffStates, hasToolCalls, hashDatabase, type JsonObject, type RewardInfo, type ToolCall } from "@tau2/domains";
import { assignCallIds, getPolicy, pyJsonDumps, toPlainValue } from "@tau2/domains/internal";
import { evaluate, type ComponentReport, type EvaluationType } from "@tau2/orchestrator/evaluate";
import { getVisibleMessages, withReport } from "@tau2/orchestrator/internal";
import type { Episode } from "../../episode/episode.ts";
import type { GradeResponse, StateInspection } from "../wire/response-schemas.ts";

const MAX_CHANGES = 200;

/** Inspects the state of an episode. Hashes and whole databases cost milliseconds and megabytes, so they are only included on request. */
export function inspectState({ context, conversation }: Episode, include: { hashes: boolean; databases: boolean }): StateInspection {
  const { environment, task } = context.rules;
  const { domain } = environment;
  const now = conversation.state;
  const before = createInitialState(environment, {
    ...task.initial_state,
    message_history: task.initial_state?.message_history ?? [],
  });
  const sides = domain.user ? (["agent", "user"] as const) : (["agent"] as const);
  const changes = sides.flatMap((side) => diffStates(before[side], now[side]).map((entry) => ({ side, ...entry })));
  return {
    turn: conversation.ended ? null : conversation.nextSpeaker,
    changes: changes.slice(0, MAX_CHANGES),
    changes_left_out: Math.max(0, changes.length - MAX_CHANGES),
    hashes: include.hashes
      ? { agent: hashDatabase(domain.agent.database, now.agent), user: domain.user ? hashDatabase(domain.user.database, now.user) : null }
      : null,
    databases: include.databases ? { agent: toPlainValue(now.agent), user: toPlainValue(now.user) } : null,
  };
}

/** Converts an episode to a simulation as results files hold it. Fields that do not have a value yet are null. */
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
 * Converts the messages that the learner has seen to messages of chat completions, without a system prompt. The learner is the assistant,
 * the counterpart is the user. Tool calls without an id receive one, because chat completions match tool results to calls by id.
 */
export function toPartialChat({ context, conversation }: Episode): JsonObject[] {
  const own = context.learner === "agent" ? "assistant" : "user";
  const messages = getVisibleMessages(conversation.messages, context.learner).map((message) => {
    if (message.role === "tool") return { role: "tool", tool_call_id: message.id, content: message.content ?? "" };
    if (message.role !== own) return { role: "user", content: message.content ?? "" };
    if (!hasToolCalls(message)) return { role: "assistant", content: message.content };
    return { role: "assistant", content: message.content, tool_calls: message.tool_calls.map(toChatCall) };
  });
  return assignCallIds<JsonObject & { role: string }>(messages);
}

function toChatCall({ id, name, arguments: args }: ToolCall): JsonObject & { id: string } {
  return { id, type: "function", function: { name, arguments: pyJsonDumps(args) } };
}

/** Settings of `evaluateEpisode`. */
export interface EvaluationOptions {
  /** Type of the evaluation. By default the task's reward basis, as at the end of an episode. */
  type?: EvaluationType | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Returns the grade of an episode. If the episode continues, it is the grade for a learner that stops here. The episode does not change.
 * @throws Tau2Error if the task cannot be graded by this type; ModelError if the judge fails
 */
export async function evaluateEpisode(
  { context, conversation, outcome }: Episode,
  { type, signal }: EvaluationOptions,
): Promise<GradeResponse> {
  if (outcome?.evaluation && type === undefined) return toGrade(outcome.evaluation.rewardInfo, outcome.evaluation.report, true);
  const { rules, task, judge, withoutJudge, learner } = context;
  const { rewardInfo, report } = await evaluate({
    environment: rules.environment,
    task,
    messages: conversation.messages.map((message, i) => ({ ...message, turn_idx: i })),
    terminationReason: conversation.ended ?? (learner === "agent" ? "agent_stop" : "user_stop"),
    withoutJudge,
    judge: judge ?? undefined,
    signal,
    type,
  });
  return toGrade(rewardInfo, report, outcome !== null);
}

function toGrade(rewardInfo: RewardInfo, report: ComponentReport, final: boolean): GradeResponse {
  return { reward: rewardInfo.reward, reward_info: rewardInfo, report, final };
}
