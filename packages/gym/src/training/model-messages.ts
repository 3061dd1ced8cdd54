import type { ContextMessage, ModelMessage } from "./messages.ts";
import type { StateRecord } from "./state.ts";

/**
 * What the model is shown in a state (docs/spec/act-prm.md#11-1): the system prompt, then everything so far, a tool's answer as a plain message. To
 * be given back to `step` as `current_messages`.
 */
export function toModelMessages(
  state: Pick<StateRecord, "system_prompt" | "prior_messages" | "model_response" | "new_messages">,
): ModelMessage[] {
  const said = state.model_response ?? [];
  const called = said.some(({ tool_calls }) => (tool_calls ?? []).length > 0);
  const before = [...state.prior_messages, ...said].map((message) => plainMessage(message, false));
  const all = [...before, ...state.new_messages.map((message) => plainMessage(message, called))];
  return [{ role: "system", content: state.system_prompt }, ...(all[0]?.role === "system" ? all.slice(1) : all)];
}

/** A message as a model is shown it. @param withCallId the call came through the endpoint, which then wants to be told its id */
export function plainMessage(message: ContextMessage, withCallId: boolean): ModelMessage {
  if (!("output" in message)) return message;
  const { role, call_id, output } = message;
  return { role, content: output, ...(withCallId && call_id !== null ? { tool_call_id: call_id } : {}) };
}
