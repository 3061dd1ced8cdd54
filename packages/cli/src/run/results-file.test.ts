import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readResults, type Results, type SimulationRun } from "@tau2/orchestrator";
import { afterAll, expect, it } from "vitest";
import { openResultsFile } from "./results-file.ts";

const folder = mkdtempSync(join(tmpdir(), "tau2-results-"));
afterAll(() => rmSync(folder, { recursive: true }));

const role = { implementation: "x", llm: null, llm_args: null };
const header: Omit<Results, "simulations" | "simulation_index"> = {
  timestamp: "2026-01-01T00:00:00",
  info: {
    git_commit: "unknown",
    num_trials: 1,
    max_steps: 1,
    max_errors: 1,
    user_info: { ...role, global_simulation_guidelines: null },
    agent_info: role,
    environment_info: { domain_name: "d", policy: "p" },
    seed: 1,
  },
  tasks: [],
};
const simulation = (id: string, more: Partial<SimulationRun> = {}) =>
  ({
    id,
    task_id: id,
    start_time: "",
    end_time: "",
    duration: 0,
    termination_reason: "user_stop",
    reward_info: null,
    messages: [],
    trial: 0,
    hallucination_retries_used: 0,
    ...more,
  }) as SimulationRun;

it("is there before the first simulation, and holds all of them in the end", async () => {
  const path = join(folder, "a/results.json");
  const file = await openResultsFile(path, header);
  expect(readResults(path).simulations).toEqual([]);
  file.put(simulation("one"));
  file.put(simulation("two"));
  const results = await file.close();
  expect(readResults(path).simulations.map(({ id }) => id)).toEqual(["one", "two"]);
  expect(results.simulations).toHaveLength(2);
});

it("a graded simulation takes the place of the conversation that was stored before", async () => {
  const path = join(folder, "b/results.json");
  const file = await openResultsFile(path, header);
  file.put(simulation("one"));
  file.put(simulation("one", { agent_cost: 0.5 }));
  await file.close();
  expect(readResults(path).simulations.map(({ agent_cost }) => agent_cost)).toEqual([0.5]);
});

it("a place where nothing can be written is an error before anything is run", async () => {
  const file = join(folder, "c.json");
  await (await openResultsFile(file, header)).close();
  const before = readFileSync(file, "utf8");
  await expect(openResultsFile(join(file, "results.json"), header)).rejects.toThrow(/ENOTDIR|EEXIST/);
  expect(readFileSync(file, "utf8")).toBe(before);
});
