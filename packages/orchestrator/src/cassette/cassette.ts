import { type JsonObject, Tau2Error } from "@tau2/domains";
import type { ChatMessage, ChatReply, ChatRequest, ModelFault } from "@tau2/user-sim";
import { hashValue, formatValue } from "./value-text.ts";
import { isRecord } from "@tau2/domains/internal";
import { readCompleteLines } from "../store/line-log.ts";

/** Form of cassettes; goes up when a reader of the old form could not read the new one. */
export const CASSETTE_FORM = 1;

/** Scope of a call: a role in one conversation. Calls are replayed within it, so that conversations may run concurrently. */
export interface CallScope {
  /** `agent`, `user`, `judge`. */
  role: string;
  /** Identifies the conversation, such as by task and trial. */
  scope: string;
}

/** One call of a model and its outcome. */
export interface CassetteCall extends CallScope {
  kind: "call";
  /** Calls of the scope that stand before it in the file are of a conversation that was given up. */
  first?: true;
  model: string;
  /** SHA-256 of the whole request. */
  key: string;
  /** The request, without the part of the scope's last call. */
  request: RecordedRequest;
  reply?: ChatReply;
  fault?: { fault: ModelFault; message: string; status: number | null };
}

/** Request to a model. */
export interface RecordedRequest {
  /** Number of leading messages that the scope's last call already had. */
  kept: number;
  /** The messages after those. */
  messages: readonly ChatMessage[];
  parameters: JsonObject;
  toolChoice: string | null;
  /** SHA-256 of the tools' declarations; null without tools. */
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
    tools: tools.length > 0 ? hashValue(tools) : null,
    responseSchema: responseSchema && hashValue(responseSchema),
  };
  return { key: hashValue({ messages, ...rest }), request: { kept, messages: messages.slice(kept), ...rest } };
}

function commonStart(a: readonly ChatMessage[], b: readonly ChatMessage[]): number {
  const different = b.findIndex((message, i) => a[i] === undefined || (a[i] !== message && formatValue(a[i]) !== formatValue(message)));
  return different === -1 ? b.length : different;
}

/** A recorded call with all the messages that were sent. */
export interface ReplayableCall extends CassetteCall {
  readonly messages: readonly ChatMessage[];
}

/** A cassette's content. */
export interface CassetteContent {
  /** The calls that count of each role in each conversation, in their order; by {@link getPlace}. */
  readonly calls: ReadonlyMap<string, readonly ReplayableCall[]>;
  /** Bytes of the file that are whole lines. */
  readonly end: number;
}

/** The key of a role in a conversation. */
export function getPlace({ role, scope }: CallScope): string {
  return `${role}\0${scope}`;
}

/**
 * Reads a cassette. A last line that was torn by a crash is ignored.
 * @throws Tau2Error `invalid` naming the line that does not belong to a cassette, `unsupported` for a newer version
 */
export async function readCassette(path: string): Promise<CassetteContent> {
  const calls = new Map<string, ReplayableCall[]>();
  let bytes = 0;
  for await (const { number, text, end } of readCompleteLines(path)) {
    bytes = end;
    const entry = parsed(text);
    if (number === 1) checkHeader(entry, path);
    else if (isCall(entry)) add(calls, entry);
    else throw new Tau2Error("invalid", `line ${number} of the cassette ${path} is damaged; record it anew`);
  }
  return { calls, end: bytes };
}

function add(calls: Map<string, ReplayableCall[]>, call: CassetteCall): void {
  const place = getPlace(call);
  const list = call.first ? [] : (calls.get(place) ?? []);
  const last = list.at(-1)?.messages ?? [];
  list.push({ ...call, messages: [...last.slice(0, call.request.kept), ...call.request.messages] });
  calls.set(place, list);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isCall(entry: unknown): entry is CassetteCall {
  return (
    isRecord(entry) &&
    entry["kind"] === "call" &&
    ["role", "scope", "model", "key"].every((key) => typeof entry[key] === "string") &&
    isRecord(entry["request"]) &&
    Array.isArray(entry["request"]["messages"]) &&
    (isRecord(entry["reply"]) || isRecord(entry["fault"]))
  );
}

function checkHeader(entry: unknown, path: string): void {
  const form = isRecord(entry) && entry["kind"] === "cassette" ? entry["form"] : null;
  if (form === CASSETTE_FORM) return;
  if (typeof form === "number") {
    throw new Tau2Error(
      "unsupported",
      `${path} was recorded by a newer version of tau2 (form ${form}, known is ${CASSETTE_FORM}); update it`,
    );
  }
  throw new Tau2Error("invalid", `${path} is not a cassette: record one with \`tau2 run --record\``);
}
