import { VectorEnv } from "@tau2/gym";
import { figure, type Figure } from "../figure.ts";
import { collect, medianOf } from "../measure.ts";
import type { Subject } from "../subject.ts";

/** Episodes that step together. */
export const batchSize = 100;

/** Measures a step of `VectorEnv` per episode, all stepped together with a call that reads. */
export async function batchStep({ domain, data, dataDir, task, read }: Subject): Promise<Figure> {
  const envs = new VectorEnv({ count: batchSize, domain, dataDir, task });
  await envs.resetMany();
  const begun = envs.snapshot();
  const actions = begun.map(() => ({ tool_calls: [{ name: read.name, arguments: read.arguments }] }));
  const samples = await collect(60, async (timed) => {
    envs.restore(begun);
    const outcomes = await timed("batch_step", () => envs.stepMany(actions));
    for (const { error } of outcomes) if (error) throw error;
  });
  envs.close();
  return figure("batch_step", domain.name, data, (1000 * medianOf(samples, "batch_step")) / batchSize, "µs");
}
