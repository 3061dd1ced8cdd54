import { createRoute, type OpenAPIHono, type z } from "@hono/zod-openapi";
import { stream } from "hono/streaming";
import { asCompleted } from "../../vector/vector-env.ts";
import type { StepResponse } from "../core/session.ts";
import { addExpiry, type SessionProgress } from "../core/session-response.ts";
import { parseAction, batchRequestSchema, sessionPathSchema, stepRequestSchema } from "../wire/request-schemas.ts";
import { batchResponseSchema, stepResponseSchema } from "../wire/response-schemas.ts";
import { createClientSignal, createClientSignals, type Bindings } from "./requests.ts";
import { body, errors, json, type RestContext, send } from "./responses.ts";
const tags = ["steps"];

const step = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/step",
  tags,
  summary: "Take a step, and wait for the learner's next turn or the end",
  request: { params: sessionPathSchema, body: body(stepRequestSchema) },
  responses: { 200: json(stepResponseSchema, "the new messages, and the reward"), ...errors(400, 404, 409, 410, 422, 503, 504) },
});

const steps = createRoute({
  method: "post",
  path: "/v1/steps",
  tags,
  summary: "Take steps in many sessions",
  description:
    "One item fails or waits for itself alone. With `accept: application/x-ndjson` the items come as they are ready, one in a line.",
  request: { body: body(batchRequestSchema) },
  responses: {
    200: {
      description: "an outcome for each item, in their order, or with NDJSON as they are ready",
      content: {
        "application/json": { schema: batchResponseSchema },
        "application/x-ndjson": { schema: batchResponseSchema.shape.items.element },
      },
    },
    ...errors(400, 422, 503),
  },
});

interface ItemOutcome {
  index: number;
  session_id: string;
  status: number;
  result: (StepResponse & Pick<SessionProgress, "expires_in_s">) | null;
  error: { code: string; message: string } | null;
}

/** Routes of steps. */
export function createStepRoutes(app: OpenAPIHono<Bindings>, { sessions, toErrorResponse }: RestContext): void {
  app.openapi(step, async (c) => {
    const { action, request_id: requestId, deadline_ms: deadlineMs } = c.req.valid("json");
    const { session_id } = c.req.valid("param");
    const answer = await sessions.step(session_id, { action: parseAction(action), requestId, signal: createClientSignal(c, deadlineMs) });
    return send(c, addExpiry(sessions, answer));
  });

  app.openapi(steps, async (c) => {
    const { items } = c.req.valid("json");
    const signalFor = createClientSignals(c);
    const outcomes = items.map((item, index) => toOutcome(item, index, signalFor(item.deadline_ms)));
    if (!(c.req.header("accept") ?? "").includes("application/x-ndjson")) return send(c, { items: await Promise.all(outcomes) });
    c.header("content-type", "application/x-ndjson");
    return stream(c, async (out) => {
      for await (const outcome of asCompleted(outcomes)) await out.write(`${JSON.stringify(outcome)}\n`);
    }) as never;
  });

  async function toOutcome(
    item: z.output<typeof batchRequestSchema>["items"][number],
    index: number,
    signal: AbortSignal,
  ): Promise<ItemOutcome> {
    const { session_id, action, request_id: requestId } = item;
    try {
      const answer = await sessions.step(session_id, { action: parseAction(action), requestId, signal });
      return { index, session_id, status: 200, result: addExpiry(sessions, answer), error: null };
    } catch (thrown) {
      const { status, body: told } = toErrorResponse(thrown);
      return { index, session_id, status, result: null, error: told.error };
    }
  }
}
