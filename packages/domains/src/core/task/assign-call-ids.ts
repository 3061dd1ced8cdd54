/** Message of chat completions, as far as call ids matter. */
export interface MessageWithCallIds {
  role: string;
  tool_calls?: readonly { id?: string | null | undefined }[] | null | undefined;
  tool_call_id?: string | null | undefined;
}

interface OpenCall {
  /** Id as the model wrote it. */
  written: string;
  assigned: string;
}

/**
 * Gives each tool call of a conversation in the form of chat completions an id that is unique and not blank, and each answer the id of its
 * call. Endpoints refuse other ids, but models leave them out, double them in one message, or reuse them in a later turn.
 *
 * Keeps the first use of an id, and messages that are already right. The ids of a message depend only on the messages up to it, so they
 * are the same in every request of a conversation.
 * @example
 * ```ts
 * import { answerChatCalls, assignCallIds } from "@tau2/domains/openai";
 * import { loadEnvironment } from "@tau2/domains/data";
 * import { retail } from "@tau2/domains/retail";
 *
 * const call = { id: "", function: { name: "list_all_product_types", arguments: "{}" } };
 * const reply = { role: "assistant", tool_calls: [call, call] };
 * const messages = [reply, ...answerChatCalls(loadEnvironment(retail), reply)];
 * console.log(assignCallIds<object & { role: string }>(messages));
 * ```
 */
export function assignCallIds<M extends MessageWithCallIds>(messages: readonly M[]): M[] {
  const used = new Set<string>();
  let created = 0;
  let open: OpenCall[] = [];

  function assign(written: string): string {
    let id = written;
    while (id.trim() === "" || used.has(id)) id = `call_${++created}`;
    used.add(id);
    return id;
  }

  return messages.map((message) => {
    const { role, tool_calls: calls } = message;
    if (role === "tool") {
      const id = answerCall(open, message.tool_call_id ?? "");
      return id === undefined || id === message.tool_call_id ? message : { ...message, tool_call_id: id };
    }
    if (!calls || calls.length === 0) return message;
    open = calls.map(({ id: written }) => ({ written: written ?? "", assigned: assign(written ?? "") }));
    if (calls.every(({ id }, i) => id === open[i]!.assigned)) return message;
    const assigned = open.map((call) => call.assigned);
    return { ...message, tool_calls: calls.map((call, i) => ({ ...call, id: assigned[i] })) };
  });
}

/** Removes the call that an answer belongs to from the open ones, and returns its id. Undefined for an answer without a call. */
function answerCall(open: OpenCall[], written: string): string | undefined {
  const same = open.findIndex((call) => call.written === written);
  const at = same === -1 && written.trim() === "" ? 0 : same;
  return at === -1 ? undefined : open.splice(at, 1)[0]?.assigned;
}
