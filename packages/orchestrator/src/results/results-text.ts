import { resultsLayout, simulationLayout } from "./file-layout.ts";
import { layOut } from "./layout.ts";
import type { Results } from "./results.ts";
import type { SimulationRun } from "./simulation-run.ts";

/** A results file's text: all keys in the reference's order, non-ASCII escaped, floats as floats, no line end (spec core 1.5). */
export function resultsText(results: Results): string {
  return layOut(resultsLayout, results);
}

/** One simulation's text in the same form: what stores append, and what the directory layout keeps. */
export function simulationText(simulation: SimulationRun): string {
  return layOut(simulationLayout, simulation);
}
