import { any, choice, constant, float, type Layout, list, map, record } from "./layout.ts";
import type { Results } from "./results.ts";

/** The reference's results file, field by field (docs/spec/core.md#1-1, #1-2, #1-4, #1-5). Constants are what every text simulation has there. */

const nothing = constant(null);

const toolCall = record({ id: any, name: any, arguments: any, requestor: any });

const participantMessage = record({
  role: any,
  content: any,
  tool_calls: list(toolCall),
  is_audio: constant(false),
  turn_idx: any,
  timestamp: any,
  cost: float,
  usage: any,
  raw_data: any,
  generation_time_seconds: float,
  audio_format: nothing,
  audio_path: nothing,
  audio_script_gold: nothing,
  speech_effects: nothing,
  source_effects: nothing,
  channel_effects: nothing,
  turn_taking_action: nothing,
  utterance_ids: nothing,
  chunk_id: nothing,
  is_final_chunk: constant(true),
  source: nothing,
  contains_speech: constant(true),
});
const toolMessage = record({ id: any, role: any, content: any, requestor: any, error: any, turn_idx: any, timestamp: any });
const systemMessage = record({ role: any, content: any, turn_idx: any, timestamp: any });

const message = choice((value) => {
  const { role } = value as { role: string };
  return role === "tool" ? toolMessage : role === "system" ? systemMessage : participantMessage;
});

const environmentCall = { env_type: any, func_name: any, arguments: any };
const assertion = record({ ...environmentCall, assert_value: any, message: any });
const action = record({ action_id: any, requestor: any, name: any, arguments: any, info: any, compare_args: any });

/** A task, as files embed it. */
const taskLayout: Layout = record({
  id: any,
  description: record({ purpose: any, relevant_policies: any, notes: any }),
  user_scenario: record({
    persona: any,
    instructions: record({ domain: any, reason_for_call: any, known_info: any, unknown_info: any, task_instructions: any }),
  }),
  ticket: any,
  initial_state: record({
    initialization_data: record({ agent_data: any, user_data: any }),
    initialization_actions: list(record(environmentCall)),
    message_history: list(message),
  }),
  evaluation_criteria: record({
    actions: list(action),
    env_assertions: list(assertion),
    communicate_info: any,
    nl_assertions: any,
    reward_basis: any,
  }),
  issues: list(
    record({
      id: any,
      title: any,
      description: any,
      status: any,
      resolution: any,
      created_at: any,
      resolved_at: any,
      author_email: any,
      pr_link: any,
      simulation_file: any,
    }),
  ),
  required_documents: any,
  user_tools: any,
});

const rewardInfo = record({
  reward: float,
  db_check: record({ db_match: any, db_reward: float }),
  env_assertions: list(record({ env_assertion: assertion, met: any, reward: float })),
  action_checks: list(record({ action, action_match: any, action_reward: float, tool_type: any })),
  nl_assertions: list(record({ nl_assertion: any, met: any, justification: any })),
  communicate_checks: list(record({ info: any, met: any, justification: any })),
  reward_basis: any,
  reward_breakdown: map(float),
  info: any,
});

/** One simulation. */
export const simulationLayout: Layout = record({
  id: any,
  task_id: any,
  timestamp: any,
  start_time: any,
  end_time: any,
  duration: float,
  termination_reason: any,
  agent_cost: float,
  user_cost: float,
  agent_usage: nothing,
  reward_info: rewardInfo,
  messages: list(message),
  ticks: nothing,
  trial: any,
  seed: any,
  mode: constant("half_duplex"),
  speech_environment: nothing,
  review: any,
  user_only_review: any,
  info: any,
  auth_classification: any,
  hallucination_retries_used: any,
  hallucination_check: nothing,
  provider_session_id: nothing,
  policy: any,
  effect_timeline: nothing,
});

const llmArgs: Layout = {
  kind: "any",
  floats: new Set(["temperature", "top_p", "min_p", "presence_penalty", "frequency_penalty", "repetition_penalty"]),
};

/** What the run was made of. */
const infoLayout: Layout = record({
  git_commit: any,
  num_trials: any,
  max_steps: any,
  max_errors: any,
  user_info: record({
    implementation: any,
    llm: any,
    llm_args: llmArgs,
    global_simulation_guidelines: any,
    voice_settings: nothing,
    persona_config: nothing,
  }),
  agent_info: record({ implementation: any, llm: any, llm_args: llmArgs, voice_settings: nothing }),
  environment_info: record({ domain_name: any, policy: any, tool_defs: nothing }),
  seed: any,
  text_streaming_config: constant({ chunk_by: "words", chunk_size: 1 }),
  speech_complexity: nothing,
  audio_native_config: nothing,
  retrieval_config: nothing,
  retrieval_config_kwargs: nothing,
});

/** The whole file, by its keys. */
export const resultsFields: Readonly<Record<keyof Results, Layout>> = {
  timestamp: any,
  info: infoLayout,
  tasks: list(taskLayout),
  simulations: list(simulationLayout),
  simulation_index: list(
    record({ id: any, task_id: any, trial: any, reward: float, termination_reason: any, agent_cost: float, duration: float }),
  ),
};
