import { z } from "@hono/zod-openapi";
import { isRecord } from "@tau2/domains/internal";
import type { JsonObject } from "@tau2/domains";
import { evaluationTypes } from "@tau2/orchestrator/evaluate";

/** Modes of a session. */
export const modes = ["agent", "user", "solo"] as const;
/** Role of the learner of a session: the agent, the user, or an agent who works alone. */
export type Mode = (typeof modes)[number];

/** JSON object. The body was already parsed as JSON, so its values are not checked again. */
export const jsonObjectSchema = z.custom<JsonObject>(isRecord, "must be an object").openapi({ type: "object" });

const seconds = z.number().positive().max(86_400);
const name = z.string().min(1).max(500);

/** Id that makes a request idempotent. */
export const requestIdSchema = z.string().min(1).max(255).openapi({
  description: "id of the request; a repeated request with the same id receives the same response and is not executed again",
  example: "episode-17-step-3",
});

/** Fields of a request for a session. */
export const sessionFields = {
  domain: name.nullish().openapi({ description: "optional if the server has one domain", example: "airline" }),
  task_id: z.string().max(2000).nullish().openapi({ description: "id of the task" }),
  split: name.nullish().openapi({ description: "split to choose the task from; null for all tasks" }),
  index: z.int().min(0).nullish().openapi({ description: "index of the task in the split, from 0" }),
  task: z
    .looseObject({ id: z.string() })
    .nullish()
    .openapi({
      type: ["object", "null"],
      properties: { id: { type: "string" } },
      required: ["id"],
      description: "your own task, in the form of task files",
    }),
  seed: z
    .int()
    .min(0)
    .nullish()
    .openapi({ description: "seed of the models, and of the choice of a task if the request does not name one", example: 7 }),
  mode: z.enum(modes).nullish().openapi({ description: "role of the learner: the agent (default), the user, or an agent who works alone" }),
  user: name.nullish().openapi({ description: "name of the user on this server" }),
  agent: name.nullish().openapi({ description: "in mode `user`, name of the agent on this server" }),
  max_steps: z
    .int()
    .min(1)
    .max(100_000)
    .nullish()
    .openapi({ description: "number of messages and rounds of tool results after which the episode is truncated" }),
  max_errors: z.int().min(1).max(100_000).nullish().openapi({ description: "number of failed tool calls after which the episode ends" }),
  timeout_s: seconds.nullish().openapi({ description: "timeout of the episode in seconds; it is truncated at the next turn" }),
  turn_timeout_s: seconds.nullish().openapi({ description: "timeout of a message of the counterpart in seconds" }),
  without_judge: z.enum(["error", "not_graded"]).nullish().openapi({
    description:
      "treatment of a task that needs a judge, on a server without one: refuse it (default), or leave that part out of the reward",
  }),
  metadata: jsonObjectSchema
    .nullish()
    .openapi({ type: ["object", "null"], description: "your metadata, which responses about the session repeat" }),
};

export const sessionRequestSchema = z
  .strictObject({ ...sessionFields, request_id: requestIdSchema.nullish() })
  .transform(withoutNulls)
  .openapi("CreateSession");

/** Fields in which null differs from a missing value: all tasks, chance, no timeout. */
type Nullable = "split" | "seed" | "timeout_s";
const nullable: ReadonlySet<string> = new Set<Nullable>(["split", "seed", "timeout_s"]);

/** Removes nulls, which Python clients send for every keyword that a caller left out. */
export function withoutNulls<T extends object>(request: T): { [K in keyof T]: K extends Nullable ? T[K] : Exclude<T[K], null> } {
  return Object.fromEntries(Object.entries(request).filter(([key, value]) => value !== null || nullable.has(key))) as never;
}

export const restoreRequestSchema = z
  .strictObject({
    snapshot_id: name.openapi({
      description: "id of a snapshot; `start` is the beginning of the session, `previous` is before its last step",
      example: "previous",
    }),
  })
  .openapi("Restore");

export const forkRequestSchema = z
  .strictObject({
    count: z.int().min(1).max(10_000).optional().openapi({ description: "number of forks; by default 1" }),
    snapshot_id: name.optional().openapi({ description: "by default the current state" }),
    request_id: requestIdSchema.optional(),
  })
  .openapi("Fork");

export const evaluateRequestSchema = z
  .strictObject({
    type: z.enum(evaluationTypes).optional().openapi({ description: "type of the evaluation; by default the task's reward basis" }),
  })
  .openapi("Evaluate");

/** Document of an exported session. The import checks the rest of it. */
export const sessionDocumentSchema = z
  .looseObject({ format: z.literal("tau2.session"), version: z.literal(1) })
  .openapi("SessionDocumentRequest");

export const sessionPathSchema = z.object({
  session_id: z.string().openapi({ param: { name: "session_id", in: "path" } }),
});

/** Flag in a query. A name without a value is true. */
const flag = z.enum(["true", "false", "1", "0", ""]).transform((text) => text !== "false" && text !== "0");

export const stateQuerySchema = z.object({
  hashes: flag.optional().openapi({ description: "include the hashes of the databases" }),
  databases: flag.optional().openapi({ description: "include the whole databases, which may be megabytes" }),
});

export const trajectoryQuerySchema = z.object({
  format: z
    .enum(["tau2", "openai"])
    .default("tau2")
    .openapi({ description: "`tau2` as in results files, or `openai` as chat completions" }),
});

export const tasksQuerySchema = z.object({
  domain: name.optional(),
  split: name.optional().openapi({ description: "by default all tasks" }),
  offset: z.coerce.number().int().min(0).default(0).openapi({ type: "integer", minimum: 0 }),
  limit: z.coerce.number().int().min(1).max(10_000).default(100).openapi({ type: "integer", minimum: 1, maximum: 10_000 }),
});
