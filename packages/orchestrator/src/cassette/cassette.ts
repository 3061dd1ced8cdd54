import { pyJsonDumps, hashText, isRecord, rememberNumberKinds } from "@tau2/domains/internal";
import { type JsonObject, Tau2Error } from "@tau2/domains";
import type { ChatMessage, ChatReply, ChatRequest, ModelFault } from "@tau2/user-sim";
import { readLog } from "../store/read-log.ts";

/** Returns the text by which two JSON values are compared. The order of keys does not matter. */
export function formatValue(value: unknown): string {
  return pyJsonDumps(value, { sortKeys: true });
}

/** Returns the SHA-256 of {@link formatValue}, in hexadecimal. */
export function hashValue(value: unknown): string {
  return hashText(formatValue(value));
}

/** Version of cassettes; goes up when a reader of the old version could not read the new one. */
export const CASSETTE_VERSION = 1;

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

/** Converts a request to the form in which it is stored, with its key. */
export function toRecordedRequest(request: ChatRequest, earlier: readonly ChatMessage[]): { key: string; request: RecordedRequest } {
  const { messages, tools = [], toolChoice = null, parameters = {}, responseSchema = null } = request;
  const kept = countCommonMessages(earlier, messages);
  const rest = {
    parameters,
    toolChoice,
    tools: tools.length > 0 ? hashValue(tools) : null,
    responseSchema: responseSchema && hashValue(responseSchema),
  };
  return { key: hashValue({ messages, ...rest }), request: { kept, messages: messages.slice(kept), ...rest } };
}

function countCommonMessages(a: readonly ChatMessage[], b: readonly ChatMessage[]): number {
  const different = b.findIndex((message, i) => a[i] === undefined || (a[i] !== message && formatValue(a[i]) !== formatValue(message)));
  return different === -1 ? b.length : different;
}

/** A recorded call with all the messages that were sent. */
export interface ReplayableCall extends CassetteCall {
  readonly messages: readonly ChatMessage[];
}

/** A cassette's content. */
export interface CassetteContent {
  /** The calls that count of each role in each conversation, in their order; by {@link getScopeKey}. */
  readonly calls: ReadonlyMap<string, readonly ReplayableCall[]>;
  /** Bytes of the file that are whole lines. */
  readonly end: number;
}

/** Returns the key of a role in a conversation. */
export function getScopeKey({ role, scope }: CallScope): string {
  return `${role}\0${scope}`;
}

/**
 * Reads a cassette. A last line that was torn by a crash is ignored.
 * @throws Tau2Error `invalid` naming the line that does not belong to a cassette, `unsupported` for a newer version
 */
export async function readCassette(path: string): Promise<CassetteContent> {
  const calls = new Map<string, ReplayableCall[]>();
  let hasHeader = false;
  const read = await readLog(path, {
    version: CASSETTE_VERSION,
    parse: parseEntry,
    add(entry) {
      if (entry === "header") hasHeader = true;
      else addCall(calls, entry);
    },
  });
  if (read && !hasHeader) throw new Tau2Error("invalid", `${path} is not a cassette: record one with \`tau2 run --record\``);
  const damaged = read?.damaged[0];
  if (damaged !== undefined) throw new Tau2Error("invalid", `line ${damaged} of the cassette ${path} is damaged; record it anew`);
  return { calls, end: read?.end ?? 0 };
}

function addCall(calls: Map<string, ReplayableCall[]>, call: CassetteCall): void {
  const place = getScopeKey(call);
  const list = call.first ? [] : (calls.get(place) ?? []);
  const last = list.at(-1)?.messages ?? [];
  list.push({ ...call, messages: [...last.slice(0, call.request.kept), ...call.request.messages] });
  calls.set(place, list);
}

function parseEntry(content: Record<string, unknown>): CassetteCall | "header" | null {
  const { kind, form, request, reply, fault } = content;
  if (kind === "cassette" && form === CASSETTE_VERSION) return "header";
  const isCall =
    kind === "call" &&
    ["role", "scope", "model", "key"].every((key) => typeof content[key] === "string") &&
    isRecord(request) &&
    Array.isArray(request["messages"]) &&
    (isRecord(reply) || isRecord(fault));
  if (!isCall) return null;
  rememberNumberKinds(content);
  return content as unknown as CassetteCall;
}
