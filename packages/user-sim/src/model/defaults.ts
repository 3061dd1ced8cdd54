/**
 * Defaults that only the packages of tau2 read, in an entry of its own: the command line shows them in its help without loading the rest.
 * They may change in any release, also in a patch.
 * @module
 */
/** Defaults of a model behind an endpoint. */
export const modelDefaults = {
  /** Model of a role without a named one, as in tau2-bench (docs/spec/core.md#13). */
  model: "gpt-4.1-2025-04-14",
  /** Milliseconds for one request. */
  timeoutMs: 300_000,
  /** Further attempts at a request that failed for a transient reason. */
  maxRetries: 3,
  /** Bytes of one answer. A longer one is cut off. */
  maxResponseBytes: 32_000_000,
} as const;

/** Returns the base URL in the environment. LiteLLM and older programs read the second name. */
export function getEnvironmentBaseUrl(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env["OPENAI_BASE_URL"] || env["OPENAI_API_BASE"] || undefined;
}
