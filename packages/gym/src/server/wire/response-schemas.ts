import { z } from "@hono/zod-openapi";

/** Responses of the server, as the OpenAPI document describes them. Values are made in `core`. */

const object = z.looseObject({});
const text = z.string();

const shownMessage = z
  .looseObject({
    role: z.enum(["assistant", "user", "system", "tool"]),
    content: text.nullable(),
    id: text.optional().openapi({ description: "of a tool's answer: the id of the call" }),
    error: z.boolean().optional().openapi({ description: "of a tool's answer: whether the tool refused" }),
    tool_calls: z.array(z.looseObject({ id: text, name: text, arguments: object })).optional(),
  })
  .openapi("Message");

const fault = z
  .looseObject({
    class: z.enum(["agent", "user", "judge", "infrastructure", "context", "timeout", "cancelled"]),
    role: z.enum(["agent", "user", "judge", "environment"]),
    retryable: z.boolean(),
    message: text,
  })
  .openapi("Fault", { description: "a fault of another role than the learner" });

const standing = {
  observation: z.looseObject({ text, messages: z.array(shownMessage) }),
  reward: z
    .number()
    .nullable()
    .openapi({ description: "0 until the end, then in [0, 1]; null when a fault, not the learner, ended the episode" }),
  terminated: z.boolean().openapi({ description: "the conversation came to its own end" }),
  truncated: z.boolean().openapi({ description: "it was cut off by a limit or a fault" }),
  done: z.boolean(),
  termination_reason: text.nullable(),
  error: z.union([fault, z.null()]),
  reward_info: object.nullable(),
  report: object.nullable(),
  invalid_action: text.nullable().openapi({ description: "why the action was not taken" }),
  conversation_steps: z.int(),
  max_steps: z.int(),
};

const place = {
  session_id: text,
  step_count: z.int().openapi({ description: "the learner's steps up to here" }),
  expires_in_s: z.int().openapi({ description: "seconds until the session ends without a request" }),
};

export const stepResponseSchema = z.looseObject({ ...place, ...standing }).openapi("StepResult");

const view = {
  ...place,
  domain: text,
  task_id: text,
  mode: z.enum(["agent", "user", "solo"]),
  counterpart: text.nullable(),
  seed: z.int().nullable(),
  metadata: object,
  created_at: text,
};

const sessionSummarySchema = z.looseObject({ ...view, done: z.boolean(), busy: z.boolean() }).openapi("SessionSummary");
export const sessionStatusSchema = z.looseObject({ ...view, ...standing }).openapi("SessionStanding");
export const sessionSchema = z
  .looseObject({ ...view, ...standing, tools: z.array(object), policy: text, scenario: text.nullable(), ticket: text.nullable() })
  .openapi("Session");

export const sessionListSchema = z
  .looseObject({ sessions: z.array(sessionSummarySchema), active_sessions: z.int(), max_sessions: z.int() })
  .openapi("SessionList");

export const errorSchema = z
  .looseObject({ error: z.looseObject({ code: text, message: text }) })
  .openapi("Error", { description: "`code` for programs, `message` for people" });

export const batchResponseSchema = z
  .looseObject({
    items: z.array(
      z.looseObject({
        index: z.int(),
        session_id: text,
        status: z.int(),
        result: z.union([stepResponseSchema, z.null()]),
        error: z.looseObject({ code: text, message: text }).nullable(),
      }),
    ),
  })
  .openapi("StepBatchResult");

export const snapshotSchema = z.looseObject({ ...place, snapshot_id: text }).openapi("Snapshot");
export const forkSchema = z.looseObject({ sessions: z.array(sessionStatusSchema) }).openapi("Forks");
export const deletedSchema = z.looseObject({ session_id: text, deleted: z.literal(true) }).openapi("Deleted");
export const evaluationSchema = z
  .looseObject({ ...place, reward: z.number(), reward_info: object, report: object, final: z.boolean() })
  .openapi("Evaluation");
export const sessionDocumentSchema = z.looseObject({ format: z.literal("tau2.session"), version: z.literal(1) }).openapi("SessionDocument");
export const trajectorySchema = z.looseObject({}).openapi("Trajectory");

export const stateSchema = z
  .looseObject({
    ...place,
    turn: z.enum(["agent", "user", "environment"]).nullable(),
    changes: z.array(z.looseObject({ side: z.enum(["agent", "user"]), path: z.array(text), op: text })),
    changes_left_out: z.int(),
    hashes: object.nullable(),
    databases: object.nullable(),
  })
  .openapi("State");

const domainSummaryFields = {
  name: text,
  tasks: z.int(),
  splits: z.record(text, z.int()),
  default_split: text.nullable(),
  modes: z.array(text),
  data_source: text,
};
export const domainListSchema = z
  .looseObject({ domains: z.array(z.looseObject(domainSummaryFields)), users: z.array(text), agents: z.array(text), judge: z.boolean() })
  .openapi("DomainList");
export const domainSchema = z
  .looseObject({ ...domainSummaryFields, policy: text, tools: z.array(object), user_tools: z.array(object) })
  .openapi("Domain");

export const taskListSchema = z
  .looseObject({
    domain: text,
    total: z.int(),
    tasks: z.array(
      z.looseObject({
        task_id: text,
        splits: z.array(text),
        purpose: text.nullable(),
        reward_basis: z.array(text).nullable(),
        needs_judge: z.boolean(),
      }),
    ),
  })
  .openapi("TaskList");
export const taskResponseSchema = z.looseObject({ id: text }).openapi("Task");
