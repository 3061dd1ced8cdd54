import { isRecord, parseCallArguments, quoteCallArguments, type Usage, parseJson, rememberNumberKinds } from "@tau2/domains/internal";
import type { JsonObject } from "@tau2/domains";
import { z } from "zod";
import { assembleStream, isEventStream } from "./assemble-stream.ts";
import type { ChatReply, ChatToolCall } from "./chat-model.ts";
import { quote } from "./classify-failure.ts";
import { describeEndpoint, type Endpoint } from "./endpoint.ts";
import { ModelError } from "./model-error.ts";
import { readContent } from "./read-content.ts";
import { findRemembered } from "./returned-fields.ts";

const text = z.string().nullish();

// Some servers number the calls.
const callId = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);

const callSchema = z.object({ id: callId, function: z.object({ name: z.string(), arguments: z.unknown().optional() }) });

const contentSchema = z
  .union([z.string(), z.array(z.unknown())], "expected text or a list of parts")
  .nullish()
  .transform(readContent);

const completionSchema = z.object({
  model: text.catch(null),
  choices: z.tuple(
    [
      z.object({
        finish_reason: text.catch(null),
        message: z.object({
          role: z.literal("assistant").nullish(),
          content: contentSchema,
          refusal: text.catch(null),
          tool_calls: z.array(callSchema).nullish(),
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

/** Everything that a chat completion says, in the form of a {@link ChatReply}. */
export interface ParsedReply extends Omit<ChatReply, "cost" | "generationSeconds"> {
  /** Prompt tokens that the endpoint read from its cache. */
  cachedTokens: number;
}

/**
 * Parses the body of a chat completion: content, tool calls with their arguments, reasoning, usage and finish reason. No other code reads
 * them. A refusal is the content of a message without another one.
 * @throws ModelError `reply` unless the body is an assistant message whose tool calls have JSON objects as arguments
 * (docs/spec/core.md#10), `configuration` for an empty message that the token limit or a content filter cut off
 */
export function parseReply(body: string, endpoint: Endpoint): ParsedReply {
  const where = describeEndpoint(endpoint);
  const raw = parseBody(body, where);
  const parsed = completionSchema.safeParse(raw);
  if (!parsed.success) {
    throwGatewayError(raw);
    const issue = parsed.error.issues[0];
    const place = issue && issue.path.length > 0 ? `${issue.path.join(".")}: ${issue.message}` : issue?.message;
    throw new ModelError("reply", `${where} did not answer with a chat completion (${place}): ${quote(body)}`);
  }
  const { choices, usage, model } = parsed.data;
  const [{ message, finish_reason: finishReason }] = choices;
  const calls = (message.tool_calls ?? []).map(({ id, function: called }): ChatToolCall => {
    const call = { ...called, id: id ?? "" };
    return { id: call.id, name: call.name, arguments: readArguments(call, finishReason ?? null, where) };
  });
  const said = message.content.content;
  const content = said?.trim() ? said : message.refusal || said;
  if (!content?.trim() && calls.length === 0) throwIfCutOff(finishReason ?? null, endpoint);
  return {
    content,
    toolCalls: calls.length > 0 ? calls : null,
    reasoning: findRemembered(raw).reasoning,
    usage: usage ? ({ prompt_tokens: usage.prompt_tokens, completion_tokens: usage.completion_tokens } satisfies Usage) : null,
    model: model ?? null,
    finishReason: finishReason ?? null,
    raw,
    cachedTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
  };
}

/** The same request would fail again, so the error is of a class that is not retried. */
function throwIfCutOff(finishReason: string | null, endpoint: Endpoint): void {
  const fail = (reason: string): never => {
    throw new ModelError(
      "configuration",
      `${describeEndpoint(endpoint)} sent an empty message: ${reason} (finish_reason '${finishReason}')`,
    );
  };
  if (finishReason === "length") {
    fail(
      `the token limit cut it off before its first word; raise max_tokens, or lower the reasoning effort, in ${endpoint.advice.parameters}`,
    );
  }
  if (finishReason === "content_filter") {
    fail("a content filter removed it; change the filter's settings at the endpoint, or use another model");
  }
}

/** Gateways put an error of the model behind them into an answer of status 200. It is thrown in the form of the client's status errors. */
function throwGatewayError(raw: unknown): void {
  const status = isRecord(raw) && isRecord(raw["error"]) ? Number(raw["error"]["code"]) : Number.NaN;
  if (status >= 400 && status < 600) throw Object.assign(new Error("the gateway reports an error"), { status, error: raw });
}

function parseBody(body: string, where: string): unknown {
  if (body.trim() === "") {
    throw new ModelError("reply", `${where} answered with an empty body; is the base URL that of a chat-completions endpoint?`);
  }
  if (isEventStream(body)) return assembleStream(body, where);
  try {
    return parseJson(body);
  } catch (cause) {
    throw new ModelError(
      "reply",
      `${where} answered with text that is not JSON: ${quote(body)}; is the base URL that of a chat-completions endpoint?`,
      { cause },
    );
  }
}

function readArguments(called: { id: string; name: string; arguments?: unknown }, finishReason: string | null, where: string): JsonObject {
  const parsed = parseCallArguments(called.arguments);
  if ("arguments" in parsed) {
    rememberNumberKinds(parsed.arguments);
    return parsed.arguments;
  }
  const cut = finishReason === "length" ? "; the answer was cut off at the token limit, a higher max_tokens may help" : "";
  const written = quoteCallArguments(called.arguments);
  throw new ModelError("reply", `${where}: the arguments of the call of '${called.name}' are ${parsed.problem}: ${quote(written)}${cut}`, {
    cause: parsed.cause,
    call: { id: called.id, name: called.name, arguments: written },
  });
}
