import { createEnvironmentConfig, type JsonObject } from "@tau2/domains";
import { createRunIdentity } from "@tau2/orchestrator";
import type { ChosenEnvironment } from "./choose-environment.ts";
import type { ComposedRollout } from "./config/compose-rollout.ts";

/**
 * What episodes depend on, big things by their hash. How many there are is not in it: a run may be resumed with more attempts. Neither are
 * addresses of endpoints, or how many episodes are played at a time.
 */
export function rolloutIdentity(composed: ComposedRollout, batch: ChosenEnvironment, evaluation: ChosenEnvironment | null): JsonObject {
  const { policy_tools: tools = "native" } = composed.program.values;
  const identity = {
    policy_tools: tools,
    batch_size: composed.trainer.values.batch_size ?? null,
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
