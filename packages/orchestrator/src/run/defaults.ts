/** What a run takes where nothing else is said; steps and errors are the reference's. */
export const runDefaults = {
  maxSteps: 200,
  maxErrors: 10,
  /** Milliseconds for one message of a participant. */
  turnTimeoutMs: 600_000,
  /** Simulations at the same time. */
  concurrency: 3,
  maxRetries: 3,
  /** Milliseconds before each further attempt. */
  retryDelayMs: 1000,
} as const;
