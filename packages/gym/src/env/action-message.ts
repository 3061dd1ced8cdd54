import { hasText, isRecord, getErrorMessage } from "@tau2/domains/internal";
import { Tau2Error, type JsonObject, type ParticipantMessage, type Requestor } from "@tau2/domains";
import { parseAction } from "../action/action.ts";

/** An action as values: words, calls (several at once if you like), or both. Ids of calls are made up where they are missing. */
export interface ActionMessage {
  content?: string | null;
  tool_calls?: readonly { id?: string; name: string; arguments: JsonObject }[] | null;
}

/** What a learner does: text in the reference's grammar (see `parseAction`), or values. */
export type Action = string | ActionMessage;

/**
 * An action as a message of the learner. Null when it neither says nor calls anything.
 * @param turn tells the made-up ids of one turn from those of another
 * @throws Tau2Error `invalid` for a value that is no action, saying what would be one
 */
export function actionMessage(action: Action, requestor: Requestor, turn: number): ParticipantMessage | null {
  if (typeof action === "string") return action.trim() === "" ? null : parseAction(action, requestor);
  if (!isRecord(action)) throw misfit(`it is ${action === null ? "null" : typeof action}`);
  const keys = Object.keys(action);
  if (keys.length > 0 && !keys.some((key) => key === "content" || key === "tool_calls")) {
    throw misfit(`it has ${keys.join(", ")}, and neither content nor tool_calls`);
  }
  const { content = null, tool_calls } = action as ActionMessage;
  if (content !== null && typeof content !== "string") throw misfit(`content is of type ${typeof content}`);
  if (tool_calls !== undefined && tool_calls !== null && !Array.isArray(tool_calls)) throw misfit("tool_calls is not a list");
  const calls = (tool_calls ?? []).map((call, i) => {
    const { id, name, arguments: args, function: called } = isRecord(call) ? call : misfitCall(i, "is not an object");
    if (isRecord(called)) misfitCall(i, "is in the form of chat completions: give its function's name, and its arguments parsed");
    if (typeof name !== "string") misfitCall(i, "has no name");
    if (!isRecord(args)) misfitCall(i, `(${name}) has no arguments object; parse them first if they are JSON text`);
    if (id !== undefined && typeof id !== "string") misfitCall(i, `(${name}) has an id that is not text`);
    return { id: id ?? `call_${turn}_${i + 1}`, name, arguments: copied(args, i), requestor };
  });
  const message: ParticipantMessage = { role: requestor, content, tool_calls: calls.length > 0 ? calls : null, cost: null };
  return message.tool_calls || hasText(message) ? message : null;
}

/** A copy, since what was said must not change when the caller's object does. */
function copied(args: Record<string, unknown>, i: number): JsonObject {
  try {
    return JSON.parse(JSON.stringify(args)) as JsonObject;
  } catch (error) {
    return misfitCall(i, `has arguments that JSON cannot hold: ${getErrorMessage(error)}`);
  }
}

function misfitCall(i: number, what: string): never {
  throw misfit(`tool_calls[${i}] ${what}`);
}

function misfit(what: string): Tau2Error {
  return new Tau2Error(
    "invalid",
    `not an action: ${what}. An action is text, or { content } for words, or { tool_calls: [{ name, arguments }] } for calls`,
  );
}
