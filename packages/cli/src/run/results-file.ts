import { writeResults, type Results, type SimulationRun } from "@tau2/orchestrator";

/** The file of a run that goes on. */
export interface ResultsFile {
  /** Takes a simulation, or its newer form, and sees to it that it gets into the file soon. @throws what the last writing threw */
  put(simulation: SimulationRun): void;
  /** Waits until everything is in the file. @throws when it cannot be written */
  close(): Promise<Results>;
}

/** How much longer than a writing took it is waited before the next one: rewriting a large file must not slow the run down. */
const restFactor = 10;
const shortestRestMs = 500;

/** Writes a run's file as the reference does: at once, so that an impossible place shows before the first turn, then again as simulations are done. */
export async function openResultsFile(path: string, header: Omit<Results, "simulations" | "simulation_index">): Promise<ResultsFile> {
  const simulations = new Map<string, SimulationRun>();
  const results = (): Results => ({ ...header, simulations: [...simulations.values()], simulation_index: null });
  let writing = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let failure: { error: unknown } | undefined;
  let rest = shortestRestMs;

  const write = async () => {
    const started = performance.now();
    await writeResults(path, results());
    rest = Math.max(shortestRestMs, (performance.now() - started) * restFactor);
  };
  await write();

  const schedule = () => {
    timer ??= setTimeout(() => {
      writing = write()
        .catch((error: unknown) => void (failure ??= { error }))
        .finally(() => (timer = undefined));
    }, rest);
  };
  return {
    put(simulation) {
      if (failure) throw failure.error;
      simulations.delete(simulation.id);
      simulations.set(simulation.id, simulation);
      schedule();
    },
    async close() {
      clearTimeout(timer);
      await writing;
      await write();
      return results();
    },
  };
}
