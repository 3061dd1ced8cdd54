import { createRoute, type OpenAPIHono, type z } from "@hono/zod-openapi";
import { stream } from "hono/streaming";
import { asCompleted } from "../../vector/vector-env.ts";
import { toStepResponse } from "../core/session-response.ts";
import { batchRequestSchema, parseAction, sessionPathSchema, stepRequestSchema } from "../wire/request-schemas.ts";
import { batchItemSchema, batchResponseSchema, stepResponseSchema, type BatchItemResponse } from "../wire/response-schemas.ts";
import { createClientSignal, createClientSignals, type Bindings } from "./requests.ts";
import { describeBody, describeErrors, describeJson, type RestContext } from "./responses.ts";

const tags = ["steps"];

const takeStep = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/step",
  tags,
  summary: "Take a step, and wait for the learner's next turn or the end",
  request: { params: sessionPathSchema, body: describeBody(stepRequestSchema) },
  responses: {
    200: describeJson(stepResponseSchema, "the new messages, and the reward"),
    ...describeErrors(400, 404, 409, 410, 422, 503, 504),
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
    const outcome = await sessions.step(session_id, { action: parseAction(action), requestId, signal });
    return c.json(toStepResponse(sessions, outcome), 200);
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
      const outcome = await sessions.step(session_id, { action: parseAction(action), requestId, signal });
      return { index, session_id, status: 200, result: toStepResponse(sessions, outcome), error: null };
    } catch (thrown) {
      const { status, body } = toErrorResponse(thrown);
      return { index, session_id, status, result: null, error: body.error };
    }
  }
}
