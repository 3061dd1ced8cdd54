/**
 * Stores of runs: a log that survives crashes, resuming, and identities.
 * @module
 */
export { openRun, type RunClaim, type RunSession } from "./open-run.ts";
export {
  compareIdentities,
  type IdentityDifference,
  createRunIdentity,
  type RoleIdentity,
  type RunIdentity,
  type RunIdentityOptions,
} from "./run-identity.ts";
export { readRun, type StoredRun } from "./read-run.ts";
export { getRunFiles, type RunFiles, readRunHistory, type RunHistory } from "./run-log.ts";
export { type RunStore } from "./run-store.ts";
