import { hasToolCalls, type JsonObject, type ToolCall } from "@tau2/domains";
import { getPolicy, pyJsonDumps } from "@tau2/domains/internal";
import { withReport, getVisibleMessages } from "@tau2/orchestrator/internal";
import type { Episode } from "../../episode/episode.ts";

/** In what form a conversation is given out: as results files hold it, or as chat completions do. */
export const trajectoryFormats = ["tau2", "openai"] as const;

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
