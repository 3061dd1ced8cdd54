/**
 * Stores of runs: a log that survives crashes, resuming, and identities.
 * @module
 */
export { openRun } from "./open-run.ts";
export { createRunIdentity, type RunIdentity } from "./run-identity.ts";
export { readRun, type StoredRun } from "./read-run.ts";
export { type RunStore } from "./run-store.ts";
