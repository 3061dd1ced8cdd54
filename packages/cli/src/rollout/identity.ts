import { createEnvironmentConfig, type JsonObject } from "@tau2/domains";
import { redactSettings } from "@tau2/domains/internal";
import { createRunIdentity } from "@tau2/orchestrator/store";
import type { ChosenEnvironment } from "./choose-environment.ts";
import type { ComposedRollout, ComposedPart } from "../config/compose-rollout.ts";
import { basename } from "node:path";
import type { ChosenPolicy } from "./choose-policy.ts";
import type { OptionTable } from "../config/option.ts";
import { programOptions } from "../config/tables/rollout-options.ts";

/**
 * Settings that episodes depend on, large ones by their hash. Their number is left out: a run may be resumed with more attempts. Neither are
 * addresses of endpoints, or how many episodes are played at a time.
 */
export function createRolloutIdentity(
  composed: ComposedRollout,
  batch: ChosenEnvironment,
  evaluation: ChosenEnvironment | null,
): JsonObject {
  const identity = {
    policy_tools: composed.program.values.policy_tools,
    batch_size: composed.trainer.values.batch_size,
    environment: environmentIdentity(batch),
    ...(evaluation ? { eval_environment: environmentIdentity(evaluation) } : {}),
  };
  return JSON.parse(JSON.stringify(identity)) as JsonObject;
}

function environmentIdentity({ env, run, endpoints }: ChosenEnvironment) {
  const { config, domain, data, systemPrompt } = env;
  const { agent_info: agent, user_info: user } = run.info;
  const judge = endpoints.find(({ role }) => role === "judge");
  const { task_split, num_train_tasks, num_val_tasks, num_test_tasks, max_turns, truncation_message, without_judge } = config;
  const { hide_observations, hidden_obs_content, last_obs_to_show } = config;
  return {
    ...createRunIdentity({
      environment: createEnvironmentConfig(domain, data),
      agent: { implementation: agent.implementation, llm: agent.llm, llmArgs: agent.llm_args, prompt: systemPrompt },
      user: { implementation: user.implementation, llm: user.llm, llmArgs: user.llm_args, prompt: user.global_simulation_guidelines },
      judge: judge ? { llm: judge.model, llmArgs: config.judge_llm_args, prompt: "" } : null,
      seed: config.seed,
      maxSteps: config.max_steps,
    }),
    tasks: { task_split, num_train_tasks, num_val_tasks, num_test_tasks },
    turns: { max_turns, truncation_message, without_judge },
    observations: hide_observations ? { hidden_obs_content, last_obs_to_show } : null,
  };
}

/** The part of a run's name that says what it is: environment, model, seed, replicate. */
export function createRunStem(composed: ComposedRollout, policy: ChosenPolicy): string {
  const { program, environment } = composed;
  const { project_name, replicate } = program.values;
  const name = /\.ya?ml$/i.test(environment.name) ? basename(environment.name).replace(/\.ya?ml$/i, "") : environment.name;
  const model = policy.endpoint ? policy.endpoint.model.split("/").at(-1)! : policy.kind;
  return [project_name, name, model, `seed${environment.values.seed}`, `replicate${replicate}`]
    .filter((part) => part !== undefined)
    .map(readFileText)
    .join("_");
}

/** A run's whole name: what it is, and when it began, by the local clock. */
export function createRunName(stem: string, at: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("");
  return `${stem}_${day}-${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join("")}`;
}

/** Replaces the characters that a file system or a shell treats specially. */
function readFileText(part: string): string {
  return (
    part
      .replaceAll(/[^\w.+-]+/g, "-")
      .replaceAll("_", "-")
      .replace(/^[-.]+/, "") || "x"
  );
}

/** Everything that was composed, each value with where it comes from, as files and `tau2 config show` have it. Addresses lose their
 * passwords and queries. */
export function createConfigRecord(composed: ComposedRollout): JsonObject {
  const parts = Object.entries(composed).filter((entry): entry is [string, ComposedPart<OptionTable>] => entry[1] !== null);
  return Object.fromEntries(
    parts.map(([group, { values, sources }]) => {
      const entries = Object.entries(toStoredValues(values)).map(([key, value]) => [key, { value, source: sources.get(key)!.source }]);
      return [group, Object.fromEntries(entries) as JsonObject];
    }),
  );
}

/** Leaves out options whose values are never stored, and redacts the others. */
function toStoredValues(values: object): JsonObject {
  const options: OptionTable = programOptions;
  const stored = Object.entries(values as JsonObject).filter(([key]) => !options[key]?.secret);
  return redactSettings<JsonObject>(Object.fromEntries(stored));
}

/** The plain values of a part, without secrets. */
export function getPartValues(part: { readonly values: object }): JsonObject {
  return toStoredValues(part.values);
}
