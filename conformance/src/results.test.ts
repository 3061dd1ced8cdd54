import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageSchema, taskSchema } from "@tau2/domains";
import { formatResults, type Results } from "@tau2/orchestrator/results";
import { afterAll, expect, test } from "vitest";
import { results } from "./kinds/results.ts";
import { Bench } from "./testing/bench.ts";
import { messages, reward_info } from "./testing/conversation.ts";

const bench = new Bench();
afterAll(() => bench.remove());

const llm = { llm: "some-model", llm_args: { temperature: 0 } };
const time = "2025-01-01T00:00:00";
const file: Results = {
  timestamp: time,
  info: {
    git_commit: "unknown",
    num_trials: 1,
    max_steps: 200,
    max_errors: 10,
    user_info: { implementation: "user_simulator", ...llm, global_simulation_guidelines: "Be yourself." },
    agent_info: { implementation: "llm_agent", ...llm },
    environment_info: { domain_name: "mock", policy: "Be kind." },
    seed: 300,
  },
  tasks: (JSON.parse(readFileSync(join(bench.dataDir, "tau2/domains/mock/tasks.json"), "utf8")) as unknown[]).map((task) =>
    taskSchema.parse(task),
  ),
  simulations: [
    {
      id: "run-1",
      task_id: "add",
      timestamp: time,
      start_time: time,
      end_time: time,
      duration: 1,
      termination_reason: "user_stop",
      agent_cost: 0.5,
      user_cost: 0,
      reward_info: reward_info as never,
      messages: messages.map((message) => messageSchema.parse({ ...message, timestamp: time })),
      trial: 0,
      seed: 1,
      review: null,
      user_only_review: null,
      info: null,
      auth_classification: null,
      hallucination_retries_used: 0,
      policy: "Be kind.",
    },
  ],
  simulation_index: null,
};

function write(text: string): void {
  mkdirSync(join(bench.vectorsDir, "results"), { recursive: true });
  writeFileSync(join(bench.vectorsDir, "results", "mock.json"), text);
  writeFileSync(join(bench.vectorsDir, "results", "metrics.json"), JSON.stringify({ mock: { avg_reward: 1 } }));
}

test("a file that reads, measures, grades and writes as it should passes", async () => {
  write(formatResults(file));
  expect((await bench.run(results)).total).toEqual({ passed: 3, failed: 0, skipped: 0 });
});

test("another reward and another layout are failures", async () => {
  const changed = formatResults(file).replace('"reward": 1.0', '"reward": 0.5');
  write(changed.replace('"git_commit": "unknown"', '"git_commit":  "unknown"'));
  const { failures } = await bench.run(results);
  expect(failures.map(({ differences }) => differences[0]!.path)).toEqual(["line 4", "avg_reward", "reward_info.reward"]);
});
