import { z } from "@hono/zod-openapi";
import { isRecord } from "@tau2/domains/internal";
import type { Action } from "../../action/action.ts";
import { jsonObject } from "./json-object.ts";

const callId = z.string().nullish();
const toolName = z.string();

const call = z.union(
  [
    z.looseObject({ id: callId, name: toolName, arguments: jsonObject }),
    z.looseObject({ id: callId, function: z.looseObject({ name: toolName, arguments: z.union([z.string(), jsonObject]) }) }),
  ],
  "a call is { name, arguments: { … } }, or as chat completions have it { id, function: { name, arguments: JSON text } }",
);

const message = z
  .looseObject({
    content: z.string().nullish().openapi({ description: "words for the other side" }),
    tool_calls: z.array(call).max(1000).nullish().openapi({
      description: "calls: { id?, name, arguments }, or as chat completions have them: { id, function: { name, arguments: JSON text } }",
    }),
  })
  .refine((value) => "content" in value || "tool_calls" in value, "an action has content (words), tool_calls, or both")
  .openapi({ anyOf: [{ required: ["content"] }, { required: ["tool_calls"] }] });

/** What a learner does: text in the reference's grammar, or a message. An assistant's message of a chat completion is one as it is. */
export const expectedActionSchema = z
  .union([z.string(), message], "an action is text, or a message with content, tool_calls or both")
  .openapi("Action", {
    description:
      "What the learner does. Text: words, a call such as get_users(), a call as JSON, or done(). Or a message with content, tool_calls or both, " +
      "such as the message of a chat completion, as it is.",
    example: "get_user_details(user_id='freya_lindqvist_4417')",
  });

/** An action as it came. */
export type WireAction = z.output<typeof expectedActionSchema>;

/** An action as environments take it. What a model wrote as arguments may be no JSON: then nothing is done, and the learner is told. */
export function actionOf(wire: WireAction): Action | { invalid: string } {
  if (typeof wire === "string") return wire;
  const calls = [];
  for (const item of wire.tool_calls ?? []) {
    const { name, arguments: args } =
      "function" in item && isRecord(item.function) ? item.function : (item as { name: string; arguments: unknown });
    const parsed = typeof args === "string" ? parsedArguments(args) : args;
    if (!isRecord(parsed)) return { invalid: `the arguments of ${String(name)} are not a JSON object` };
    calls.push({ name: String(name), arguments: parsed, ...(item.id ? { id: item.id } : {}) });
  }
  return { content: wire.content ?? null, tool_calls: calls as never };
}

/** Models write nothing at all where there are no arguments. */
function parsedArguments(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
