import { evaluateWithoutJudge } from "../src/evaluate/evaluate.ts";
import type { Results, SimulationRun } from "../src/results/results.ts";
import { action, asks, conversation, type Event, says, setup, task } from "./to-dos.ts";

const complete: Event = { name: "update_task_status", arguments: { task_id: "task_1", status: "completed" } };
const chores = task({ actions: [action("update_task_status", complete.arguments)] });

function simulation(id: string, trial: number, events: Event[]): SimulationRun {
  const messages = conversation(events).map((message, i) => ({ ...message, turn_idx: i, timestamp: `2025-01-31T10:30:0${i}.500000` }));
  const terminationReason = "user_stop";
  return {
    id,
    task_id: chores.id,
    timestamp: "2025-01-31T10:30:10",
    start_time: "2025-01-31T10:30:00",
    end_time: "2025-01-31T10:30:02",
    duration: 2,
    termination_reason: terminationReason,
    agent_cost: 0,
    user_cost: null,
    reward_info: evaluateWithoutJudge({ environment: setup, task: chores, messages, terminationReason }).rewardInfo,
    messages,
    trial,
    seed: 626729,
    review: null,
    user_only_review: null,
    info: null,
    auth_classification: null,
    hallucination_retries_used: 0,
    policy: "Help with to-dos.",
  };
}

/** A run of one task, played twice: once solved, once not. */
export const runOfChores: Results = {
  timestamp: "2025-01-31T10:29:59.000001",
  info: {
    git_commit: "unknown",
    num_trials: 2,
    max_steps: 200,
    max_errors: 10,
    user_info: {
      implementation: "user_simulator",
      llm: "some/model",
      llm_args: { temperature: 0, n: 1 },
      global_simulation_guidelines: null,
    },
    agent_info: { implementation: "llm_agent", llm: null, llm_args: null },
    environment_info: { domain_name: "mock", policy: "Help with to-dos — kindly." },
    seed: 300,
  },
  tasks: [chores],
  simulations: [
    simulation("b-solved", 0, [says("Hi!"), asks("Plants, please"), complete, asks("###STOP###")]),
    simulation("a-unsolved", 1, [says("Hi!"), asks("Plants, please ###STOP###")]),
  ],
  simulation_index: null,
};
