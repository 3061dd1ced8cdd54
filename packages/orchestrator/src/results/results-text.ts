import { pyJsonDumps } from "@tau2/domains/internal";
import { resultsFields, simulationLayout } from "./file-layout.ts";
import { pydanticDialect } from "./json-dialect.ts";
import { layOut, layOutAt, record } from "./layout.ts";
import type { Results } from "./results.ts";
import type { SimulationRun } from "./simulation-run.ts";

/** A results file's text: all keys in the reference's order, non-ASCII escaped, floats as floats, no line end (docs/spec/core.md#1-5). */
export function formatResults(results: Results): string {
  return [...resultsParts(results)].join("");
}

/** The same text in parts, no simulation beside another in one of them: all together may be longer than a string can be. */
export function* resultsParts(results: Results): Generator<string> {
  let before = "{\n";
  for (const [key, layout] of Object.entries(resultsFields)) {
    yield `${before}  ${pyJsonDumps(key)}: `;
    before = ",\n";
    if (key === "simulations" && results.simulations.length > 0) yield* simulationParts(results.simulations);
    else yield layOutAt("  ", layout, results[key as keyof Results]);
  }
  yield "\n}";
}

function* simulationParts(simulations: readonly SimulationRun[]): Generator<string> {
  let before = "[\n";
  for (const simulation of simulations) {
    yield `${before}    ${layOutAt("    ", simulationLayout, simulation)}`;
    before = ",\n";
  }
  yield "\n  ]";
}

/** One simulation's text as the directory layout keeps it: the same keys, in UTF-8. */
export function formatSimulation(simulation: SimulationRun): string {
  return layOut(simulationLayout, simulation, pydanticDialect);
}

/** The text of the file in the directory layout that names the simulations beside it. */
export function directoryIndexText({ timestamp, info, tasks, simulation_index }: Omit<Results, "simulations">): string {
  const { simulations: _, ...fields } = resultsFields;
  return layOut(record(fields), { timestamp, info, tasks, simulation_index });
}
