import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Message } from "@tau2/domains";
import { evaluateWithoutJudge } from "@tau2/orchestrator/evaluate";
import { parseResults } from "@tau2/orchestrator/results";
import { describe, expect, test } from "vitest";
import { subjectOf } from "./domains.ts";

const shared = process.env["TAU2_SHARED"] ?? fileURLToPath(new URL("../../../shared", import.meta.url));
const recorded = join(shared, "real");

/** Simulations of each file, and the sum of their rewards. */
const figures: [file: string, simulations: number, reward: number][] = [
  ["mt-gpt41-airline-1t", 20, 10],
  ["mt-gpt41-retail-1t", 40, 34],
  ["mt-gpt41-telecom-1t", 40, 18],
  ["mt-ft-telecom-1t", 40, 30],
  ["mt-gpt41-telecom-nouser-1t", 40, 20],
  ["exp-gpt41-telecom-nouser-4t5", 20, 16],
  ["jv-azure-airline-full", 50, 23],
];

describe.skipIf(!existsSync(recorded))("simulations of real models (skipped where the shared folder is absent)", () => {
  test.each(figures)("%s: the rewards are as stored", (name, count, sum) => {
    const results = parseResults(gunzipSync(readFileSync(join(recorded, `${name}.json.gz`))).toString("utf8"), name);
    const subject = subjectOf(results.info.environment_info.domain_name, join(shared, "official"))!;
    const environment = subject.setup({ solo: name.includes("nouser") });
    const tasks = new Map(results.tasks.map((task) => [task.id, task]));
    const graded = results.simulations.map((simulation) =>
      evaluateWithoutJudge({
        environment,
        task: tasks.get(simulation.task_id)!,
        messages: simulation.messages as Message[],
        terminationReason: simulation.termination_reason,
        type: "all",
      }),
    );
    expect(graded).toHaveLength(count);
    expect(graded.map(({ rewardInfo }) => rewardInfo.reward)).toEqual(
      results.simulations.map((simulation) => simulation.reward_info?.reward),
    );
    expect(graded.reduce((total, { rewardInfo }) => total + rewardInfo.reward, 0)).toBe(sum);
  });
});
