import { z } from "@hono/zod-openapi";
import type { JsonObject, RewardInfo, Task, ToolDeclaration } from "@tau2/domains";
import { isRecord } from "@tau2/domains/internal";
import type { ComponentReport } from "@tau2/orchestrator/evaluate";
import { modes } from "./request-schemas.ts";

/*
 * Responses of the REST API. These schemas are the only declaration of their types. The functions in `core` that create responses return
 * `z.output` of them, routes respond with the framework's typed `c.json`, and the tests check every response against its schema.
 */

const text = z.string();
const count = z.int().min(0);

/** Creates the schema of a JSON object whose fields are declared elsewhere. */
export function objectOf<T extends object = JsonObject>() {
  return z.custom<T>(isRecord, "must be an object").openapi({ type: "object" });
}

/** Reasons for the end of a conversation. */
export const terminationReasonSchema = z.enum([
  "user_stop",
  "agent_stop",
  "max_steps",
  "timeout",
  "too_many_errors",
  "agent_error",
  "user_error",
  "infrastructure_error",
]);
/** Classes of faults, see `FaultClass` of `@tau2/orchestrator`. */
export const faultClassSchema = z.enum(["agent", "user", "judge", "infrastructure", "context", "timeout", "cancelled"]);
/** Roles in which faults happen. */
export const faultRoleSchema = z.enum(["agent", "user", "judge", "environment"]);

const messageSchema = z
  .discriminatedUnion("role", [
    z.object({
      role: z.enum(["assistant", "user", "system"]),
      content: text.nullable(),
      tool_calls: z.array(z.object({ id: text, name: text, arguments: objectOf() })).optional(),
    }),
    z.object({
      role: z.literal("tool"),
      id: text.openapi({ description: "id of the tool call" }),
      content: text.nullable(),
      error: z.boolean().openapi({ description: "true if the tool returned an error" }),
    }),
  ])
  .openapi("Message");
/** Message as learners see it: text and tool calls, without its origin. */
export type ShownMessage = z.output<typeof messageSchema>;

const faultSchema = z
  .object({
    class: faultClassSchema,
    role: faultRoleSchema,
    retryable: z.boolean().openapi({ description: "true if another attempt may succeed" }),
    message: text,
  })
  .openapi("Fault", { description: "a fault of another role than the learner" });
/** Fault of another role than the learner. */
export type FaultResponse = z.output<typeof faultSchema>;

const statusFields = {
  observation: z
    .object({
      text: text.openapi({ description: "in tau2-bench's text form, such as `user: Hello`" }),
      messages: z.array(messageSchema),
    })
    .openapi({ description: "messages that are new to the learner" }),
  reward: z
    .number()
    .nullable()
    .openapi({ description: "0 until the end, then in [0, 1]; null if a fault, not the learner, ended the episode" }),
  terminated: z.boolean().openapi({ description: "true if the conversation ended by itself" }),
  truncated: z.boolean().openapi({ description: "true if a limit or a fault cut the conversation off" }),
  done: z.boolean(),
  termination_reason: terminationReasonSchema.nullable(),
  error: z.union([faultSchema, z.null()]),
  reward_info: objectOf<RewardInfo>().nullable().openapi({ description: "null until the end" }),
  report: objectOf<ComponentReport>().nullable().openapi({ description: "findings of each component of the grading; null until the end" }),
  invalid_action: text.nullable().openapi({ description: "reason for which the action was refused" }),
  conversation_steps: count.openapi({ description: "messages and rounds of tool results so far, which `max_steps` limits" }),
  max_steps: count,
};
const statusSchema = z.object(statusFields);
/** Status of an episode. */
export type StatusResponse = z.output<typeof statusSchema>;

const instructionFields = {
  tools: z.array(objectOf<ToolDeclaration>()).openapi({ description: "tools of the learner" }),
  policy: text,
  scenario: text.nullable().openapi({ description: "in mode `user`, the scenario of the learner" }),
  ticket: text.nullable().openapi({ description: "in mode `solo`, the ticket" }),
};
const instructionsSchema = z.object(instructionFields);
/** Instructions for a learner before its first turn. */
export type EpisodeInstructions = z.output<typeof instructionsSchema>;

const progressFields = {
  session_id: text,
  step_count: count.openapi({ description: "steps of the learner so far" }),
  expires_in_s: count.openapi({ description: "seconds until the session expires without a request" }),
};
const progressSchema = z.object(progressFields);
/** Progress of a session. */
export type SessionProgress = z.output<typeof progressSchema>;

export const stepResponseSchema = z.object({ ...progressFields, ...statusFields }).openapi("StepResult");
/** Response to a step. */
export type StepResponse = z.output<typeof stepResponseSchema>;

const sessionFields = {
  ...progressFields,
  domain: text,
  task_id: text,
  mode: z.enum(modes),
  counterpart: text.nullable().openapi({ description: "name of the user or agent; null in mode `solo`" }),
  seed: z.int().nullable(),
  metadata: objectOf(),
  created_at: text,
};
const sessionInfoSchema = z.object(sessionFields);
/** Session without its episode. */
export type SessionInfo = z.output<typeof sessionInfoSchema>;

const sessionSummarySchema = z.object({ ...sessionFields, done: z.boolean(), busy: z.boolean() }).openapi("SessionSummary");
/** Session in a list. */
export type SessionSummary = z.output<typeof sessionSummarySchema>;

export const sessionStatusSchema = z.object({ ...sessionFields, ...statusFields }).openapi("SessionStanding");
/** Session with the status of its episode. */
export type SessionStatus = z.output<typeof sessionStatusSchema>;

export const sessionSchema = z.object({ ...sessionFields, ...statusFields, ...instructionFields }).openapi("Session");
/** Session with the status of its episode and the instructions for its learner. */
export type SessionResponse = z.output<typeof sessionSchema>;

export const sessionListSchema = z
  .object({ sessions: z.array(sessionSummarySchema), active_sessions: count, max_sessions: count })
  .openapi("SessionList");

const errorFields = { code: text, message: text };
export const errorSchema = z
  .object({ error: z.looseObject(errorFields) })
  .openapi("Error", { description: "`code` for programs, `message` for people" });

export const batchItemSchema = z.object({
  index: count,
  session_id: text,
  status: z.int(),
  result: z.union([stepResponseSchema, z.null()]),
  error: z.looseObject(errorFields).nullable(),
});
/** Outcome of one item of a batch of steps. */
export type BatchItemResponse = z.output<typeof batchItemSchema>;

export const batchResponseSchema = z.object({ items: z.array(batchItemSchema) }).openapi("StepBatchResult");

export const snapshotSchema = z.object({ ...progressFields, snapshot_id: text }).openapi("Snapshot");
export const forkSchema = z.object({ sessions: z.array(sessionStatusSchema) }).openapi("Forks");
export const deletedSchema = z.object({ session_id: text, deleted: z.literal(true) }).openapi("Deleted");

const gradeFields = {
  reward: z.number(),
  reward_info: objectOf<RewardInfo>(),
  report: objectOf<ComponentReport>(),
  final: z.boolean().openapi({ description: "true if the episode is over; else this is the grade if the learner stopped here" }),
};
const gradeSchema = z.object(gradeFields);
/** Grade of an episode. */
export type GradeResponse = z.output<typeof gradeSchema>;
export const evaluationSchema = z.object({ ...progressFields, ...gradeFields }).openapi("Evaluation");

export const trajectorySchema = objectOf().openapi("Trajectory");

const sideSchema = z.enum(["agent", "user"]);
const inspectionFields = {
  turn: z.enum(["agent", "user", "environment"]).nullable().openapi({ description: "next speaker; null after the end" }),
  changes: z
    .array(z.object({ side: sideSchema, path: z.array(text), op: z.enum(["add", "remove", "replace"]), value: z.unknown() }))
    .openapi({ description: "changes since the beginning of the task, by path; the first 200" }),
  changes_left_out: count,
  hashes: z
    .object({ agent: text, user: text.nullable() })
    .nullable()
    .openapi({ description: "hashes in tau2-bench's form; null unless requested" }),
  databases: z.object({ agent: z.unknown(), user: z.unknown() }).nullable().openapi({ description: "null unless requested" }),
};
const inspectionSchema = z.object(inspectionFields);
/** Databases of an episode, and their changes. */
export type StateInspection = z.output<typeof inspectionSchema>;
export const stateSchema = z.object({ ...progressFields, ...inspectionFields }).openapi("State");

const domainFields = {
  name: text,
  tasks: count,
  splits: z.record(text, count).openapi({ description: "number of tasks of each split" }),
  default_split: text.nullable(),
  modes: z.array(text),
  data_source: text.openapi({ description: "source of the data, such as `starter`" }),
};
const domainSummarySchema = z.object(domainFields);
/** Domain in a list. */
export type DomainSummary = z.output<typeof domainSummarySchema>;
export const domainListSchema = z
  .object({ domains: z.array(domainSummarySchema), users: z.array(text), agents: z.array(text), judge: z.boolean() })
  .openapi("DomainList");

export const domainSchema = z
  .object({
    ...domainFields,
    policy: text,
    tools: z.array(objectOf<ToolDeclaration>()),
    user_tools: z.array(objectOf<ToolDeclaration>()),
  })
  .openapi("Domain");
/** Domain with its policy and tools. */
export type DomainResponse = z.output<typeof domainSchema>;

const taskSummarySchema = z.object({
  task_id: text,
  splits: z.array(text),
  purpose: text.nullable(),
  reward_basis: z.array(text).nullable(),
  needs_judge: z.boolean(),
});
/** Task in a list. */
export type TaskSummary = z.output<typeof taskSummarySchema>;
export const taskListSchema = z.object({ domain: text, total: count, tasks: z.array(taskSummarySchema) }).openapi("TaskList");
/** Page of a list of tasks. */
export type TaskPage = Pick<z.output<typeof taskListSchema>, "total" | "tasks">;

export const healthSchema = z.object({ status: text }).openapi("Status");
export const readinessSchema = z.object({ status: text, active_sessions: count, max_sessions: count }).openapi("Readiness");

/** Task as in task files. */
export const taskResponseSchema = objectOf<Task>().openapi("Task", { required: ["id"], properties: { id: { type: "string" } } });
