/**
 * Results files in both layouts of tau2-bench: read, write, convert, grade again.
 * @module
 */
export { convertResults, type Conversion } from "./convert-results.ts";
export { parseResults, readResults, type ResultsFormat } from "./read-results.ts";
export { regrade, type RegradeOptions, type Regrading } from "./regrade.ts";
export { formatResults, writeResults } from "./write-results.ts";
export { type IndexEntry, type Results, type RunInfo, type SimulationRun, type StoredTerminationReason } from "./results.ts";
