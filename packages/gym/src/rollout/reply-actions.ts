import type { JsonObject } from "@tau2/domains";
import { parseToolArguments } from "@tau2/user-sim/internal";
import type { ActionFromLLM } from "../training/keywords.ts";
import { getActions, INVALID_TOOL_CALL } from "../training/get-actions.ts";
import type { ModelMessage, ModelToolCall } from "../training/messages.ts";
import type { PolicyReply } from "./policy.ts";

/** A reply as the message that trainers keep. */
export function replyMessage({ content, tool_calls }: PolicyReply): ModelMessage {
  return { role: "assistant", content, ...(tool_calls && tool_calls.length > 0 ? { tool_calls } : {}) };
}

/** What a reply does: its calls, or else what its text does. @param parse how text is read */
export function replyActions({ content, tool_calls }: PolicyReply, parse: (text: string) => ActionFromLLM[] = getActions): ActionFromLLM[] {
  if (!tool_calls || tool_calls.length === 0) return parse(content ?? "");
  const said: ActionFromLLM[] = content
    ? [{ role: "assistant", type: "message", text: content, call_id: null, name: null, arguments: null }]
    : [];
  return [...said, ...tool_calls.map(callAction)];
}

/** A call whose arguments are no object is one of a tool that does not exist, so that the model is told. */
function callAction(call: ModelToolCall): ActionFromLLM {
  const args = callArguments(call);
  const { id, function: called } = call;
  return {
    role: "assistant",
    type: "function_call",
    text: null,
    call_id: id,
    name: args ? called.name : INVALID_TOOL_CALL,
    arguments: args ?? { arguments: called.arguments },
  };
}

/** The arguments of a call; null when they are no JSON object. */
export function callArguments({ function: called }: ModelToolCall): JsonObject | null {
  const parsed = parseToolArguments(called.arguments);
  return "arguments" in parsed ? parsed.arguments : null;
}
