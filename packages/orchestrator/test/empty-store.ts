import type { SimulationStore } from "../src/run/run-simulation.ts";

/** Returns a store that knows and keeps nothing, except for what `fields` implements. */
export function emptyStore(fields: Partial<SimulationStore> = {}): SimulationStore {
  return { isDone: () => false, findUngraded: () => null, saveConversation: () => undefined, saveResult: () => undefined, ...fields };
}
