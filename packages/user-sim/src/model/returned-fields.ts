import type { Json, JsonObject } from "@tau2/domains";
import { isRecord } from "@tau2/domains/internal";
import { readContent } from "./read-content.ts";

/** Fields of a reply that its endpoint expects back in later requests, unchanged. */
export interface ReturnedFields {
  /** Fields of the message. */
  message: JsonObject;
  /** Fields of each tool call, in the order of the calls. */
  calls: readonly JsonObject[];
  /** Key under which the endpoint sends and reads the reasoning text. */
  reasoningKey: "reasoning_content" | "reasoning";
}

/** Parts of a reply that later requests contain, beside text and calls. */
export interface Remembered {
  reasoning: string | null;
  /** Missing without such fields. */
  returned?: ReturnedFields | undefined;
}

// Signatures and signed thinking of Gemini, OpenRouter and Anthropic (behind LiteLLM). Those endpoints refuse the next request, or think
// worse, without them.
const messageFields = ["extra_content", "reasoning_details", "thinking_blocks"];
const callFields = ["extra_content", "provider_specific_fields"];

/** Reads the parts that later requests contain of an assistant's message in the form of chat completions. */
export function readRemembered(message: unknown): Remembered {
  if (!isRecord(message)) return { reasoning: null };
  const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
  const reasoningKey = !isText(message["reasoning_content"]) && isText(message["reasoning"]) ? "reasoning" : "reasoning_content";
  const own = message[reasoningKey];
  const inContent = Array.isArray(message["content"]) ? readContent(message["content"]).reasoning : "";
  const reasoning = isText(own) ? own : inContent || null;
  const calls = Array.isArray(message["tool_calls"]) ? message["tool_calls"].map((call) => pickFields(call, callFields)) : [];
  const fields = pickFields(message, messageFields);
  const hasFields = [fields, ...calls].some((picked) => Object.keys(picked).length > 0);
  if (!hasFields && reasoningKey === "reasoning_content") return { reasoning };
  return { reasoning, returned: { message: fields, calls, reasoningKey } };
}

/** Reads the parts that later requests contain of a stored answer (`ChatReply.raw`), because messages do not have fields for it. */
export function findRemembered(raw: unknown): Remembered {
  const choices = isRecord(raw) && Array.isArray(raw["choices"]) ? raw["choices"] : [];
  const first: unknown = choices[0];
  return readRemembered(isRecord(first) ? first["message"] : null);
}

function pickFields(from: unknown, names: readonly string[]): JsonObject {
  if (!isRecord(from)) return {};
  const present = names.filter((name) => from[name] !== undefined && from[name] !== null);
  return Object.fromEntries(present.map((name) => [name, from[name] as Json]));
}
