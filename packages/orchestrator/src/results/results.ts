import { listRedacted, redactSettings, expectedActionSchema, environmentAssertionSchema, rewardTypes } from "@tau2/domains/internal";
import { type Json, type JsonObject, type Message, messageSchema, optional, type RewardInfo, type Task, taskSchema } from "@tau2/domains";
import { z } from "zod";

/** Reasons that results files know (docs/spec/core.md#1-4). The last two come from other programs only. */
export const storedTerminationReasons = [
  "user_stop",
  "agent_stop",
  "max_steps",
  "timeout",
  "too_many_errors",
  "agent_error",
  "user_error",
  "infrastructure_error",
  "context_window_exceeded",
  "unexpected_error",
] as const;
/** Reasons for the end of a stored conversation: ours, and those that only other modes of tau2-bench write. */
export type StoredTerminationReason = (typeof storedTerminationReasons)[number];

/** One simulation as results files hold it, without the fields that are the same in every text simulation; those are filled in on writing. */
export interface SimulationRun {
  id: string;
  task_id: string;
  /** When it was recorded; local time as in messages. */
  timestamp: string | null;
  start_time: string;
  end_time: string;
  /** Seconds. */
  duration: number;
  termination_reason: StoredTerminationReason;
  /** US dollars; null when unknown. */
  agent_cost: number | null;
  user_cost: number | null;
  /** Null when it was not graded, or could not be. */
  reward_info: RewardInfo | null;
  messages: readonly Message[] | null;
  /** Counted from 0. */
  trial: number | null;
  seed: number | null;
  /** Reviews by other programs, kept as they are. */
  review: Json;
  user_only_review: Json;
  /** Free for notes. What these packages add stands under `tau2`. */
  info: JsonObject | null;
  auth_classification: Json;
  hallucination_retries_used: number;
  /** The policy the agent worked under. */
  policy: string | null;
}

const json = z.json().default(null);

const participantExtras = z.looseObject({ usage: z.record(z.string(), z.json()).nullish() });

/** A message, its usage kept whole and in its own order. */
const storedMessageSchema = z.unknown().transform((value, context): Message => {
  const [message, extras] = [messageSchema.safeParse(value), participantExtras.safeParse(value)];
  const issues = message.error?.issues ?? extras.error?.issues ?? [];
  for (const { path, message: text } of issues) context.addIssue({ code: "custom", path: [...path], message: text });
  if (!message.success) return z.NEVER;
  return "usage" in message.data && extras.data?.usage ? { ...message.data, usage: extras.data.usage as never } : message.data;
});

const rewardInfoSchema = z.object({
  reward: z.number(),
  db_check: optional(z.object({ db_match: z.boolean(), db_reward: z.number() })),
  env_assertions: optional(z.array(z.object({ env_assertion: environmentAssertionSchema, met: z.boolean(), reward: z.number() }))),
  action_checks: optional(
    z.array(
      z.object({
        action: expectedActionSchema,
        action_match: z.boolean(),
        action_reward: z.number(),
        tool_type: optional(z.enum(["read", "write", "think", "generic"])),
      }),
    ),
  ),
  nl_assertions: optional(z.array(z.object({ nl_assertion: z.string(), met: z.boolean(), justification: z.string() }))),
  communicate_checks: optional(z.array(z.object({ info: z.string(), met: z.boolean(), justification: z.string() }))),
  reward_basis: optional(z.array(z.enum(rewardTypes))),
  reward_breakdown: optional(z.partialRecord(z.enum(rewardTypes), z.number())),
  info: optional(z.record(z.string(), z.json())),
});

/** Reads one simulation of a results file. Unknown keys are dropped. */
export const simulationRunSchema = z.object({
  id: z.string(),
  task_id: z.string(),
  timestamp: optional(z.string()),
  start_time: z.string(),
  end_time: z.string(),
  duration: z.number(),
  termination_reason: z.enum(storedTerminationReasons),
  agent_cost: optional(z.number()),
  user_cost: optional(z.number()),
  reward_info: optional(rewardInfoSchema),
  messages: optional(z.array(storedMessageSchema)),
  trial: optional(z.int()),
  seed: optional(z.int()),
  review: json,
  user_only_review: json,
  info: optional(z.record(z.string(), z.json())),
  auth_classification: json,
  hallucination_retries_used: z.int().default(0),
  policy: optional(z.string()),
}) satisfies z.ZodType<SimulationRun>;

/** Returns true for a placeholder, which only names the reason why the simulation is missing. */
export function isPlaceholder({ termination_reason }: Pick<SimulationRun, "termination_reason">): boolean {
  return termination_reason === "infrastructure_error";
}

/** Settings of a run, as results files hold them (docs/spec/core.md#1-5). */
export interface RunInfo {
  /** Commit of the program that ran; `unknown` without one. */
  git_commit: string;
  num_trials: number;
  max_steps: number;
  max_errors: number;
  user_info: { implementation: string; llm: string | null; llm_args: JsonObject | null; global_simulation_guidelines: string | null };
  agent_info: { implementation: string; llm: string | null; llm_args: JsonObject | null };
  environment_info: { domain_name: string; policy: string };
  /** The run's seed, from which those of the trials follow. */
  seed: number | null;
}

/** The short form of a simulation in files that keep simulations apart. */
export interface IndexEntry {
  id: string;
  task_id: string;
  trial: number | null;
  reward: number | null;
  termination_reason: StoredTerminationReason | null;
  agent_cost: number | null;
  duration: number | null;
}

/** A whole results file. */
export interface Results {
  timestamp: string | null;
  info: RunInfo;
  tasks: readonly Task[];
  simulations: readonly SimulationRun[];
  /** Filled only in the directory layout, and in files made from it. */
  simulation_index: readonly IndexEntry[] | null;
}

/** Parameters of requests, without the keys that other programs store among them. */
const settings = z.record(z.string(), z.json()).transform((parameters) => redactSettings(parameters));

const llm = { implementation: z.string(), llm: optional(z.string()), llm_args: optional(settings) };

const runInfoSchema = z.object({
  git_commit: z.string(),
  num_trials: z.int(),
  max_steps: z.int(),
  max_errors: z.int(),
  user_info: z.object({ ...llm, global_simulation_guidelines: optional(z.string()) }),
  agent_info: z.object(llm),
  environment_info: z.object({ domain_name: z.string(), policy: z.string() }),
  seed: optional(z.int()),
});

const indexEntrySchema = z.object({
  id: z.string(),
  task_id: z.string(),
  trial: optional(z.int()),
  reward: optional(z.number()),
  termination_reason: optional(z.enum(storedTerminationReasons)),
  agent_cost: optional(z.number()),
  duration: optional(z.number()),
});

/** Lists the parameters whose values were removed because they look like secrets, such as `agent_info.llm_args.api_key`. */
export function listRemovedSecrets({ info: { agent_info, user_info } }: Pick<Results, "info">): string[] {
  return listRedacted({ agent_info: { llm_args: agent_info.llm_args }, user_info: { llm_args: user_info.llm_args } });
}

/** Reads a results file's content. Unknown keys are dropped, and keys among the parameters of models redacted. */
export const resultsSchema = z.object({
  timestamp: optional(z.string()),
  info: runInfoSchema,
  tasks: z.array(taskSchema),
  simulations: z.array(simulationRunSchema).default([]),
  simulation_index: optional(z.array(indexEntrySchema)),
}) satisfies z.ZodType<Results>;
