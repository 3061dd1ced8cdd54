/**
 * Results files in both layouts of tau2-bench: read, write, convert, grade again.
 * @module
 */
export { convertResults } from "./convert-results.ts";
export { parseResults, readResults } from "./read-results.ts";
export { regrade } from "./regrade.ts";
export { formatResults, writeResults } from "./write-results.ts";
export { type Results, type RunInfo, type SimulationRun } from "./results.ts";
