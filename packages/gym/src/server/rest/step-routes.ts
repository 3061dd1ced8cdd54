import { createRoute, z, type OpenAPIHono } from "@hono/zod-openapi";
import { isRecord, parseCallArguments, rememberNumberKinds } from "@tau2/domains/internal";
import { readContent } from "@tau2/user-sim/internal";
import { stream } from "hono/streaming";
import type { Action } from "../../action/action.ts";
import { asCompleted } from "../../vector/vector-env.ts";
import { jsonObjectSchema, requestIdSchema, sessionPathSchema } from "../wire/request-schemas.ts";
import { batchItemSchema, batchResponseSchema, stepResponseSchema, type BatchItemResponse } from "../wire/response-schemas.ts";
import { createClientSignal, createClientSignals, type Bindings } from "./requests.ts";
import { describeBody, describeErrors, describeJson, type RestContext } from "./responses.ts";

/** Arguments of a tool call as a model wrote them. {@link parseAction} parses them, and tells the learner what is wrong with them. */
export const callArgumentsSchema = z.union([z.string(), z.null(), jsonObjectSchema]).optional().openapi({
  description: "arguments of the call: an object, or JSON text; a missing, empty or null value means a call without arguments",
});

const callId = z.string().nullish();
const toolName = z.string();

const call = z.union(
  [
    z.looseObject({ id: callId, function: z.looseObject({ name: toolName, arguments: callArgumentsSchema }) }),
    z.looseObject({ id: callId, name: toolName, arguments: callArgumentsSchema }),
  ],
  "a call is { name, arguments: { … } }, or as chat completions have it { id, function: { name, arguments: JSON text } }",
);

const message = z
  .looseObject({
    content: z
      .union([z.string(), z.null(), z.array(z.unknown())])
      .optional()
      .openapi({ description: "text for the counterpart, or a list of parts as chat completions have it" }),
    tool_calls: z.array(call).max(1000).nullish().openapi({
      description: "calls: { id?, name, arguments }, or as chat completions have them: { id, function: { name, arguments: JSON text } }",
    }),
  })
  .refine((value) => "content" in value || "tool_calls" in value, "an action has content (text), tool_calls, or both")
  .openapi({ anyOf: [{ required: ["content"] }, { required: ["tool_calls"] }] });

/** Action of a learner: text in tau2-bench's grammar, or a message, such as an assistant's message of a chat completion. */
export const actionSchema = z
  .union([z.string(), message], "an action is text, or a message with content, tool_calls or both")
  .openapi("Action", {
    description:
      "Action of the learner. A string: text, a call such as get_users(), a call as JSON, or done(). Or a message with content, tool_calls or both, " +
      "such as the message of a chat completion.",
    example: "get_user_details(user_id='freya_lindqvist_4417')",
  });

/** Action of a request, parsed. */
export type WireAction = z.output<typeof actionSchema>;

/** Converts an action to one of an environment. If a model's arguments are not JSON, returns the reason for the learner. */
export function parseAction(wire: WireAction): Action | { invalid: string } {
  if (typeof wire === "string") return wire;
  const calls = [];
  for (const item of wire.tool_calls ?? []) {
    const { name, arguments: args } =
      "function" in item && isRecord(item.function) ? item.function : (item as { name: string; arguments?: unknown });
    const parsed = parseCallArguments(args);
    if ("problem" in parsed) return { invalid: toArgumentsProblem(String(name), parsed.problem) };
    rememberNumberKinds(parsed.arguments);
    calls.push({ name: String(name), arguments: parsed.arguments, ...(item.id ? { id: item.id } : {}) });
  }
  const content = wire.content ?? null;
  return { content: content === null ? null : readContent(content).content, tool_calls: calls };
}

/** Returns what the learner reads about arguments that cannot be parsed. */
export function toArgumentsProblem(name: string, problem: string): string {
  return `the arguments of ${name} are ${problem}; send a JSON object`;
}

const deadline = z.int().min(1).max(86_400_000).openapi({
  description: "timeout of the step in milliseconds; then the step is cancelled (504) and the episode does not change",
});

const stepRequestSchema = z
  .strictObject({ action: actionSchema, request_id: requestIdSchema.optional(), deadline_ms: deadline.optional() })
  .openapi("Step");

const batchRequestSchema = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          session_id: z.string(),
          action: actionSchema,
          request_id: requestIdSchema.optional(),
          deadline_ms: deadline.optional(),
        }),
      )
      .max(10_000),
  })
  .openapi("StepBatch");

const tags = ["steps"];

const takeStep = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/step",
  tags,
  summary: "Take a step, and wait for the learner's next turn or the end",
  request: { params: sessionPathSchema, body: describeBody(stepRequestSchema) },
  responses: {
    200: describeJson(stepResponseSchema, "the new messages, and the reward"),
    ...describeErrors(400, 404, 409, 410, 422, 503, 504, 507),
  },
});

const takeSteps = createRoute({
  method: "post",
  path: "/v1/steps",
  tags,
  summary: "Take steps in many sessions",
  description:
    "A failed or slow item does not affect the others. With `accept: application/x-ndjson` the response has one line for each item, as soon as its " +
    "step is done.",
  request: { body: describeBody(batchRequestSchema) },
  responses: {
    200: {
      description: "an outcome for each item, in their order; with NDJSON in the order in which they are done",
      content: { "application/json": { schema: batchResponseSchema }, "application/x-ndjson": { schema: batchItemSchema } },
    },
    ...describeErrors(400, 422, 503),
  },
});

/** Adds the routes of steps. */
export function addStepRoutes(app: OpenAPIHono<Bindings>, { sessions, toErrorResponse }: RestContext): void {
  app.openapi(takeStep, async (c) => {
    const { action, request_id: requestId, deadline_ms: deadlineMs } = c.req.valid("json");
    const { session_id } = c.req.valid("param");
    const signal = createClientSignal(c, deadlineMs);
    return c.json(await sessions.step(session_id, { action: parseAction(action), requestId, signal }), 200);
  });

  app.openapi(takeSteps, async (c) => {
    const { items } = c.req.valid("json");
    const createSignal = createClientSignals(c);
    const responses = items.map((item, index) => takeItem(item, index, createSignal(item.deadline_ms)));
    if (!c.req.header("accept")?.includes("application/x-ndjson")) return c.json({ items: await Promise.all(responses) }, 200);
    c.header("content-type", "application/x-ndjson");
    // The framework cannot express the type of a stream.
    return stream(c, async (out) => {
      for await (const response of asCompleted(responses)) await out.write(`${JSON.stringify(response)}\n`);
    }) as never;
  });

  async function takeItem(
    item: z.output<typeof batchRequestSchema>["items"][number],
    index: number,
    signal: AbortSignal,
  ): Promise<BatchItemResponse> {
    const { session_id, action, request_id: requestId } = item;
    try {
      const result = await sessions.step(session_id, { action: parseAction(action), requestId, signal });
      return { index, session_id, status: 200, result, error: null };
    } catch (thrown) {
      const { status, body } = toErrorResponse(thrown);
      return { index, session_id, status, result: null, error: body.error };
    }
  }
}
