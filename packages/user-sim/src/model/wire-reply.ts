import { isRecord, getErrorMessage, type JsonObject, type Usage } from "@tau2/domains";
import { z } from "zod";
import type { ChatReply, ChatToolCall } from "./chat-model.ts";
import { quoted } from "./fault.ts";
import { ModelError } from "./model-error.ts";

const text = z.string().nullish();

const callSchema = z.object({ id: text, function: z.object({ name: z.string(), arguments: z.string() }) });

const completionSchema = z.object({
  model: text.catch(null),
  choices: z.tuple(
    [
      z.object({
        finish_reason: text.catch(null),
        message: z.object({
          role: z.literal("assistant"),
          content: text,
          tool_calls: z.array(callSchema).nullish(),
          reasoning_content: text.catch(null),
          reasoning: text.catch(null),
        }),
      }),
    ],
    z.unknown(),
  ),
  usage: z
    .object({
      prompt_tokens: z.number(),
      completion_tokens: z.number(),
      prompt_tokens_details: z.object({ cached_tokens: z.number() }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

/** A reply without what only the caller knows, and with the part of the prompt that came from the endpoint's cache. */
export type WireReply = Omit<ChatReply, "cost" | "generationSeconds"> & { cachedTokens: number };

/**
 * Reads a chat completion. `where` names the endpoint in errors.
 * @throws ModelError `reply` for anything but an assistant's message whose calls have a JSON object as arguments (docs/spec/core.md#10).
 */
export function parseReply(body: string, where: string): WireReply {
  const raw = parseBody(body, where);
  const parsed = completionSchema.safeParse(raw);
  if (!parsed.success) {
    refuseAsStatus(raw);
    const issue = parsed.error.issues[0];
    const place = issue && issue.path.length > 0 ? `${issue.path.join(".")}: ${issue.message}` : issue?.message;
    throw new ModelError("reply", `${where} answered with something else than a chat completion (${place}): ${quoted(body)}`);
  }
  const { choices, usage, model } = parsed.data;
  const [{ message, finish_reason: finishReason }] = choices;
  const calls = (message.tool_calls ?? []).map(({ id, function: called }): ChatToolCall => {
    return { id: id ?? "", name: called.name, arguments: parseArguments(called, finishReason ?? null, where) };
  });
  return {
    content: message.content ?? null,
    toolCalls: calls.length > 0 ? calls : null,
    reasoning: message.reasoning_content || message.reasoning || null,
    usage: usage ? ({ prompt_tokens: usage.prompt_tokens, completion_tokens: usage.completion_tokens } satisfies Usage) : null,
    model: model ?? null,
    finishReason: finishReason ?? null,
    raw,
    cachedTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
  };
}

/** Gateways pass on the fault of the model behind them inside an answer of status 200. */
function refuseAsStatus(raw: unknown): void {
  const status = isRecord(raw) && isRecord(raw["error"]) ? Number(raw["error"]["code"]) : Number.NaN;
  if (status >= 400 && status < 600) throw Object.assign(new Error("the gateway passes on an error"), { status, error: raw });
}

function parseBody(body: string, where: string): unknown {
  if (body.trim() === "") {
    throw new ModelError("reply", `${where} answered with an empty body; is the base URL that of a chat-completions endpoint?`);
  }
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new ModelError(
      "reply",
      `${where} answered with something that is not JSON: ${quoted(body)}; is the base URL that of a chat-completions endpoint?`,
      { cause },
    );
  }
}

function parseArguments(called: { name: string; arguments: string }, finishReason: string | null, where: string): JsonObject {
  const cut = finishReason === "length" ? "; the answer was cut off at the token limit, a higher max_tokens may help" : "";
  const refuse = (problem: string, cause?: unknown) =>
    new ModelError("reply", `${where}: the arguments of the call of '${called.name}' are ${problem}: ${quoted(called.arguments)}${cut}`, {
      cause,
      call: { name: called.name, arguments: called.arguments },
    });
  let args: unknown;
  try {
    args = JSON.parse(called.arguments);
  } catch (cause) {
    throw refuse(`not JSON (${getErrorMessage(cause)})`, cause);
  }
  if (!isRecord(args)) throw refuse("JSON, but no object");
  return args as JsonObject;
}
