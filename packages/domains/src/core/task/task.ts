import { z } from "zod";
import type { Json, JsonObject } from "../json/json.ts";
import { messageSchema } from "./message.ts";
import { optional } from "../schema/schema.ts";
import { pyStr } from "../python.ts";

/**
 * A task: who the user is and what they want, the state before, and what a good ending looks like (docs/spec/core.md#1-2).
 * Field names and order are those of the reference's task files; unknown keys are dropped.
 */

const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.json());
const side = z.enum(["assistant", "user"]);
const text = () => optional(z.string());

/** All components that a reward can have. */
export const rewardTypes = ["DB", "ENV_ASSERTION", "NL_ASSERTION", "ACTION", "COMMUNICATE"] as const;
/** A component of the reward. */
export type RewardType = (typeof rewardTypes)[number];

/** Reads an {@link EnvironmentCall}. */
export const environmentCallSchema = z.object({ env_type: side, func_name: z.string(), arguments: jsonObject });
/** A function to run on one side of the environment: a tool, or one that no model sees. */
export type EnvironmentCall = z.output<typeof environmentCallSchema>;

/** Reads an {@link EnvironmentAssertion}; left out, `assert_value` is true. */
export const environmentAssertionSchema = environmentCallSchema.extend({ assert_value: z.boolean().default(true), message: text() });
/** A yes-or-no function of the environment and the answer it must give at the end. */
export type EnvironmentAssertion = z.output<typeof environmentAssertionSchema>;

/** Reads an {@link ExpectedAction}; left out, the requestor is the agent. */
export const expectedActionSchema = z.object({
  action_id: z.string(),
  requestor: side.default("assistant"),
  name: z.string(),
  arguments: jsonObject,
  info: text(),
  compare_args: optional(z.array(z.string())),
});
/** One step of the task's solution. `compare_args` null compares the arguments that the actual call has; `[]` only the name. */
export type ExpectedAction = z.output<typeof expectedActionSchema>;

/** Reads {@link StructuredInstructions}. */
export const structuredInstructionsSchema = z.object({
  domain: z.string(),
  reason_for_call: z.string(),
  known_info: text(),
  unknown_info: text(),
  task_instructions: z.string(),
});
/** What the user is told, by heading. */
export type StructuredInstructions = z.output<typeof structuredInstructionsSchema>;

/** Reads a {@link UserScenario}: instructions that fit the structured form become structured, a text stays a text. */
export const userScenarioSchema = z.object({ persona: text(), instructions: z.union([structuredInstructionsSchema, z.string()]) });
/** What the simulated user knows, wants and is like. */
export type UserScenario = z.output<typeof userScenarioSchema>;

/** Reads an {@link InitialState}. */
export const initialStateSchema = z.object({
  initialization_data: optional(z.object({ agent_data: optional(jsonObject), user_data: optional(jsonObject) })),
  initialization_actions: optional(z.array(environmentCallSchema)),
  message_history: optional(z.array(messageSchema)),
});
/** What happened before the conversation begins: data merged in, functions run, messages said. */
export type InitialState = z.output<typeof initialStateSchema>;

/** Reads {@link EvaluationCriteria}; left out, the basis is `DB` and `COMMUNICATE`. */
export const evaluationCriteriaSchema = z.object({
  actions: optional(z.array(expectedActionSchema)),
  env_assertions: optional(z.array(environmentAssertionSchema)),
  communicate_info: optional(z.array(z.string())),
  nl_assertions: optional(z.array(z.string())),
  reward_basis: z.array(z.enum(rewardTypes)).default(["DB", "COMMUNICATE"]),
});
/** What a good ending looks like, and which components of it make the reward. */
export type EvaluationCriteria = z.output<typeof evaluationCriteriaSchema>;

const issueSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: text(),
  status: z.enum(["open", "resolved", "wont_fix"]).default("open"),
  resolution: text(),
  created_at: text(),
  resolved_at: text(),
  author_email: text(),
  pr_link: text(),
  simulation_file: text(),
});

/** Reads a {@link Task}: what is left out becomes null or its default, unknown keys are dropped. */
export const taskSchema = z.object({
  id: z.string(),
  description: optional(z.object({ purpose: text(), relevant_policies: text(), notes: text() })),
  user_scenario: userScenarioSchema,
  ticket: text(),
  initial_state: optional(initialStateSchema),
  evaluation_criteria: optional(evaluationCriteriaSchema),
  issues: optional(z.array(issueSchema)),
  required_documents: optional(z.array(z.string())),
  user_tools: optional(z.array(z.string())),
});
/** A task as every package passes it around. */
export type Task = z.output<typeof taskSchema>;
/** A task as a domain author writes it: everything optional may be left out. */
export type TaskInput = z.input<typeof taskSchema>;

/** The components of one evaluation (docs/spec/core.md#1-4). Field order is the file's. */
export interface RewardInfo {
  /** In [0, 1]. */
  reward: number;
  db_check: { db_match: boolean; db_reward: number } | null;
  env_assertions: { env_assertion: EnvironmentAssertion; met: boolean; reward: number }[] | null;
  action_checks:
    | { action: ExpectedAction; action_match: boolean; action_reward: number; tool_type: "read" | "write" | "think" | "generic" | null }[]
    | null;
  nl_assertions: { nl_assertion: string; met: boolean; justification: string }[] | null;
  communicate_checks: { info: string; met: boolean; justification: string }[] | null;
  reward_basis: RewardType[] | null;
  reward_breakdown: Partial<Record<RewardType, number>> | null;
  info: { [key: string]: Json } | null;
}

/** Texts made of a task's fields, byte for byte as the reference writes them into prompts (docs/spec/core.md#1-2). */

/** The scenario as it stands in the user's prompt. */
export function formatScenario({ persona, instructions }: UserScenario): string {
  const lines = persona === null ? [] : ["Persona:", indent(persona)];
  const body = typeof instructions === "string" ? instructions : formatInstructions(instructions);
  return [...lines, "Instructions:", indent(body)].join("\n");
}

function formatInstructions(instructions: StructuredInstructions): string {
  const lines = [`Domain: ${instructions.domain}`, "Reason for call:", indent(instructions.reason_for_call)];
  if (instructions.known_info !== null) lines.push("Known info:", indent(instructions.known_info));
  if (instructions.unknown_info !== null) lines.push("Unknown info:", indent(instructions.unknown_info));
  return [...lines, "Task instructions:", indent(instructions.task_instructions)].join("\n");
}

/** A call as `name(key=value, …)`, values by Python's `str`. */
export function formatExpectedAction(action: Pick<ExpectedAction, "name" | "arguments">): string {
  const parts = Object.entries(action.arguments).map(([key, value]) => `${key}=${pyStr(value)}`);
  return `${action.name}(${parts.join(", ")})`;
}

/** A tab before every line that is not blank. */
export function indent(text: string): string {
  return text.replace(/^(?=.*\S)/gm, "\t");
}
