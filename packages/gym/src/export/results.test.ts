import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { computeMetrics } from "@tau2/orchestrator/metrics";
import { readResults } from "@tau2/orchestrator/results";
import { beforeAll, describe, expect, it } from "vitest";
import { brokenOff, rolledOut, type RolledOut } from "../../test/rolled-out.ts";
import { toRolloutResults, writeRolloutResults } from "./results.ts";

let train: RolledOut;
beforeAll(async () => {
  train = await rolledOut();
});

describe("a results file of rollouts", () => {
  it("has attempts as trials, with conversations, grades and the split", () => {
    const { simulations, tasks, info } = toRolloutResults(train.run, train.rollouts);
    expect(simulations.map(({ trial, reward_info }) => [trial, reward_info?.reward])).toEqual([
      [0, 1],
      [0, 1],
      [1, 0],
      [1, 0],
    ]);
    expect(info).toMatchObject({ num_trials: 2, environment_info: { domain_name: "airline" } });
    expect(tasks.map(({ id }) => id)).toEqual(simulations.slice(0, 2).map(({ task_id }) => task_id));
    expect(simulations[0]!.info).toMatchObject({ tau2: { rollout: { split: "train", is_test_task: false, sample_id: 0, reward: 1 } } });
    expect(computeMetrics(simulations, info).pass_hat_ks).toEqual({ 1: 0.5, 2: 0 });
  });

  it("has a placeholder where a fault ended an episode, without a reward", () => {
    const [simulation] = toRolloutResults(train.run, [brokenOff(train.rollouts[0]!)]).simulations;
    expect(simulation).toMatchObject({ termination_reason: "infrastructure_error", reward_info: null, trial: 0 });
    expect(simulation!.info).toMatchObject({
      error: "the endpoint went away",
      tau2: { fault: { role: "user" }, rollout: { reward: null } },
    });
  });

  it("reads back unchanged in tau2-bench's form", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "tau2-results-")), "results.json");
    const written = await writeRolloutResults(path, train.run, train.rollouts);
    expect(readResults(path)).toEqual(written);
    expect(written.simulations).toHaveLength(4);
  });
});
