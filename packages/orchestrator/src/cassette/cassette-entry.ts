import type { JsonObject } from "@tau2/domains";
import type { ChatMessage, ChatReply, ChatRequest, ModelFault } from "@tau2/user-sim";
import { valueHash, valueText } from "../value-text.ts";

/** Form of cassettes; goes up when a reader of the old form could not read the new one. */
export const CASSETTE_FORM = 1;

/** Whose call it is: a role in one conversation. Calls are replayed within it, so that conversations may go on side by side. */
export interface CallScope {
  /** `agent`, `user`, `judge`. */
  role: string;
  /** What tells the conversation from others, such as task and trial. */
  scope: string;
}

/** One call of a model and what came of it. */
export interface CassetteCall extends CallScope {
  kind: "call";
  /** Calls of the scope that stand before it in the file are of a conversation that was given up. */
  first?: true;
  model: string;
  /** SHA-256 of all that was asked. */
  key: string;
  /** What was asked, without what the scope's last call had already. */
  request: RecordedRequest;
  reply?: ChatReply;
  fault?: { fault: ModelFault; message: string; status: number | null };
}

/** What a model was asked. */
export interface RecordedRequest {
  /** How many messages of the scope's last call come first. */
  kept: number;
  /** The messages after those. */
  messages: readonly ChatMessage[];
  parameters: JsonObject;
  toolChoice: string | null;
  /** SHA-256 of the tools' declarations; null for none. */
  tools: string | null;
  responseSchema: string | null;
}

/** A request in the form in which it is stored, with its key. */
export function recordedRequest(request: ChatRequest, earlier: readonly ChatMessage[]): { key: string; request: RecordedRequest } {
  const { messages, tools = [], toolChoice = null, parameters = {}, responseSchema = null } = request;
  const kept = commonStart(earlier, messages);
  const rest = {
    parameters,
    toolChoice,
    tools: tools.length > 0 ? valueHash(tools) : null,
    responseSchema: responseSchema && valueHash(responseSchema),
  };
  return { key: valueHash({ messages, ...rest }), request: { kept, messages: messages.slice(kept), ...rest } };
}

function commonStart(a: readonly ChatMessage[], b: readonly ChatMessage[]): number {
  const different = b.findIndex((message, i) => a[i] === undefined || (a[i] !== message && valueText(a[i]) !== valueText(message)));
  return different === -1 ? b.length : different;
}
