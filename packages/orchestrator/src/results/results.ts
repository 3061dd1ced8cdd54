import { type JsonObject, optional, type Task, taskSchema } from "@tau2/domains";
import { z } from "zod";
import { type SimulationRun, simulationRunSchema, type StoredTerminationReason, storedTerminationReasons } from "./simulation-run.ts";

/** What a run was made of, as results files hold it (docs/spec/core.md#1-5). */
export interface RunInfo {
  /** Commit of the program that ran; `unknown` where there is none. */
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

const llm = { implementation: z.string(), llm: optional(z.string()), llm_args: optional(z.record(z.string(), z.json())) };

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

/** Reads a results file's content. Unknown keys are dropped. */
export const resultsSchema = z.object({
  timestamp: optional(z.string()),
  info: runInfoSchema,
  tasks: z.array(taskSchema),
  simulations: z.array(simulationRunSchema).default([]),
  simulation_index: optional(z.array(indexEntrySchema)),
}) satisfies z.ZodType<Results>;
