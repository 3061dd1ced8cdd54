/**
 * Defaults that only the packages of tau2 read, in an entry of its own: the command line shows them in its help without loading the rest.
 * They may change in any release, also in a patch.
 * @module
 */
/** Defaults of a run. Steps and errors are those of tau2-bench. */
export const runDefaults = {
  /** Steps after which a conversation ends. */
  maxSteps: 200,
  /** Failed tool calls after which a conversation ends. */
  maxErrors: 10,
  /** Milliseconds for one message of a participant. */
  turnTimeoutMs: 600_000,
  /** Simulations that run at the same time. */
  concurrency: 3,
  /** Further attempts at a conversation, or at its grade, after a transient fault. */
  maxRetries: 3,
  /** Milliseconds before each further attempt. */
  retryDelayMs: 1000,
} as const;

/** Defaults of an episode in an environment. Steps are those of tau2-bench's gym. */
export const episodeDefaults = {
  maxSteps: 100,
  maxErrors: runDefaults.maxErrors,
  turnTimeoutMs: runDefaults.turnTimeoutMs,
} as const;
