import { join } from "node:path";
import { mock } from "@tau2/domains/mock";
import { loadData } from "@tau2/domains/data";
import { VectorEnv } from "@tau2/gym";
import { openAiModel } from "@tau2/user-sim";
import { figure, type Figure } from "../figure.ts";
import { median } from "../measure.ts";
import { startProgram } from "../program.ts";

/** Number of episodes that step together. */
export const vectorCount = 1000;

/** Milliseconds that the user's model takes for an answer. */
export const vectorLatencyMs = 200;

const warm = 3;
const rounds = 15;

/**
 * Measures many episodes that all talk concurrently with users behind a slow model endpoint in another process: their steps a second, and the share of
 * a core that this process was busy meanwhile. Without anything of our own there would be one step for each episode in the endpoint's latency.
 */
export async function vectorSteps(): Promise<Figure[]> {
  const endpoint = await startProgram(join(import.meta.dirname, "slow-endpoint.js"), [String(vectorLatencyMs)]);
  try {
    const user = openAiModel({ model: "loopback", baseUrl: endpoint.url, apiKey: "none" });
    const taskId = loadData(mock, { dataDir: null }).taskIds()[0];
    const envs = new VectorEnv({ count: vectorCount, domain: mock, dataDir: null, taskId, user, maxConcurrency: null });
    const actions = envs.envs.map(() => "How can I help you?");
    failIfAny(await envs.resetMany());
    const seconds: number[] = [];
    const shares: number[] = [];
    for (let round = -warm; round < rounds; round++) {
      const before = process.cpuUsage();
      const start = performance.now();
      const outcomes = await envs.stepMany(actions);
      const taken = performance.now() - start;
      const { user: inUser, system } = process.cpuUsage(before);
      failIfAny(outcomes);
      if (round < 0) continue;
      seconds.push(taken / 1000);
      shares.push((inUser + system) / 1000 / taken);
    }
    envs.close();
    return [
      figure("vector_steps_per_second", mock.name, "starter", vectorCount / median(seconds), "1/s"),
      figure("vector_cpu_share", mock.name, "starter", median(shares), "ratio"),
    ];
  } finally {
    await endpoint.close();
  }
}

function failIfAny(outcomes: readonly { error: Error | null }[]): void {
  for (const { error } of outcomes) if (error) throw error;
}
