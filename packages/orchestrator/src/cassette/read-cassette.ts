import { isRecord } from "@tau2/domains/internal";
import { Tau2Error } from "@tau2/domains";
import type { ChatMessage } from "@tau2/user-sim";
import { readCompleteLines } from "../store/read-lines.ts";
import { type CallScope, CASSETTE_FORM, type CassetteCall } from "./cassette-entry.ts";

/** A recorded call with all the messages that were sent. */
export interface ReplayableCall extends CassetteCall {
  readonly messages: readonly ChatMessage[];
}

/** A cassette's content. */
export interface CassetteContent {
  /** The calls that count of each role in each conversation, in their order; by {@link placeOf}. */
  readonly calls: ReadonlyMap<string, readonly ReplayableCall[]>;
  /** Bytes of the file that are whole lines. */
  readonly end: number;
}

/** The key of a role in a conversation. */
export function placeOf({ role, scope }: CallScope): string {
  return `${role}\0${scope}`;
}

/**
 * Reads a cassette. A last line that was torn by a crash is no call.
 * @throws Tau2Error `invalid` naming the line that is none of a cassette, `unsupported` for a newer form
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
  const place = placeOf(call);
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
  throw new Tau2Error("invalid", `${path} is no cassette: record one with \`tau2 run --record\``);
}
