import { z } from "zod";
import type { Json } from "../json/json.ts";
import { messageSchema } from "./message.ts";
import { jsonObject } from "../schema/json-object.ts";
import { optional } from "../schema/schema.ts";
import { pyStr } from "../python.ts";

/**
 * Tasks: the user's scenario, the initial state, and the evaluation criteria (docs/spec/core.md#1-2). Field names and their order are
 * those of task files of tau2-bench. Unknown keys are dropped.
 */

const side = z.enum(["assistant", "user"]);
const optionalText = () => optional(z.string());

/** All components of a reward. */
export const rewardTypes = ["DB", "ENV_ASSERTION", "NL_ASSERTION", "ACTION", "COMMUNICATE"] as const;
/** Component of a reward. */
export type RewardType = (typeof rewardTypes)[number];

/** Schema of an {@link EnvironmentCall}. */
export const environmentCallSchema = z.object({ env_type: side, func_name: z.string(), arguments: jsonObject });
/** Call of a tool, or of a function that models cannot call, on one side of the environment. */
export type EnvironmentCall = z.output<typeof environmentCallSchema>;

/** Schema of an {@link EnvironmentAssertion}. `assert_value` is true by default. */
export const environmentAssertionSchema = environmentCallSchema.extend({
  assert_value: z.boolean().default(true),
  message: optionalText(),
});
/** Call of a function that returns a boolean, and its expected result at the end. */
export type EnvironmentAssertion = z.output<typeof environmentAssertionSchema>;

/** Schema of an {@link ExpectedAction}. The requestor is the agent by default. */
export const expectedActionSchema = z.object({
  action_id: z.string(),
  requestor: side.default("assistant"),
  name: z.string(),
  arguments: jsonObject,
  info: optionalText(),
  compare_args: optional(z.array(z.string())),
});
/** One step of a task's solution. If `compare_args` is null, the arguments of the actual call are compared; if it is `[]`, only the name. */
export type ExpectedAction = z.output<typeof expectedActionSchema>;

/** Schema of {@link StructuredInstructions}. */
export const structuredInstructionsSchema = z.object({
  domain: z.string(),
  reason_for_call: z.string(),
  known_info: optionalText(),
  unknown_info: optionalText(),
  task_instructions: z.string(),
});
/** Instructions for the user, by heading. */
export type StructuredInstructions = z.output<typeof structuredInstructionsSchema>;

/** Schema of a {@link UserScenario}. Instructions are structured or a string. */
export const userScenarioSchema = z.object({ persona: optionalText(), instructions: z.union([structuredInstructionsSchema, z.string()]) });
/** Persona and instructions of the simulated user. */
export type UserScenario = z.output<typeof userScenarioSchema>;

/** Schema of an {@link InitialState}. */
export const initialStateSchema = z.object({
  initialization_data: optional(z.object({ agent_data: optional(jsonObject), user_data: optional(jsonObject) })),
  initialization_actions: optional(z.array(environmentCallSchema)),
  message_history: optional(z.array(messageSchema)),
});
/** State at the start of a conversation: data to merge, functions to run, and earlier messages. */
export type InitialState = z.output<typeof initialStateSchema>;

/** Criteria of a good ending, and the components that make up the reward: `DB` and `COMMUNICATE` by default. */
export const evaluationCriteriaSchema = z.object({
  actions: optional(z.array(expectedActionSchema)),
  env_assertions: optional(z.array(environmentAssertionSchema)),
  communicate_info: optional(z.array(z.string())),
  nl_assertions: optional(z.array(z.string())),
  reward_basis: z.array(z.enum(rewardTypes)).default(["DB", "COMMUNICATE"]),
});

const issueSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: optionalText(),
  status: z.enum(["open", "resolved", "wont_fix"]).default("open"),
  resolution: optionalText(),
  created_at: optionalText(),
  resolved_at: optionalText(),
  author_email: optionalText(),
  pr_link: optionalText(),
  simulation_file: optionalText(),
});

/** Schema of a {@link Task}. Missing fields become null or their default, and unknown keys are dropped. */
export const taskSchema = z.object({
  id: z.string(),
  description: optional(z.object({ purpose: optionalText(), relevant_policies: optionalText(), notes: optionalText() })),
  user_scenario: userScenarioSchema,
  ticket: optionalText(),
  initial_state: optional(initialStateSchema),
  evaluation_criteria: optional(evaluationCriteriaSchema),
  issues: optional(z.array(issueSchema)),
  required_documents: optional(z.array(z.string())),
  user_tools: optional(z.array(z.string())),
});
/** A parsed task. */
export type Task = z.output<typeof taskSchema>;
/** A task before parsing: fields with a default are optional. */
export type TaskInput = z.input<typeof taskSchema>;

/** Result of an evaluation, by component (docs/spec/core.md#1-4), in the field order of results files. */
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

/** Returns the text of a scenario in the user's prompt, which equals that of tau2-bench (docs/spec/core.md#1-2). */
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

/** Returns an action as `name(key=value, …)`, with values by Python's `str`. */
export function formatExpectedAction(action: Pick<ExpectedAction, "name" | "arguments">): string {
  const parts = Object.entries(action.arguments).map(([key, value]) => `${key}=${pyStr(value)}`);
  return `${action.name}(${parts.join(", ")})`;
}

/** Indents every line that is not blank with a tab. */
export function indent(text: string): string {
  return text.replace(/^(?=.*\S)/gm, "\t");
}
