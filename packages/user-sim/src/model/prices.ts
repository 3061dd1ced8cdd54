import type { Usage } from "@tau2/domains/internal";

/** Price of a model in US dollars per million tokens. */
export interface Price {
  input: number;
  output: number;
  /** Price of input tokens that the endpoint read from its cache. By default that of other input. */
  cachedInput?: number | undefined;
}

const row = (input: number, output: number, cachedInput?: number): Price => ({ input, output, cachedInput });

// List prices of OpenAI's standard tier for text tokens.
const prices: Readonly<Record<string, Price>> = {
  "gpt-3.5-turbo": row(0.5, 1.5),
  "gpt-4": row(30, 60),
  "gpt-4-turbo": row(10, 30),
  "gpt-4o": row(2.5, 10, 1.25),
  "gpt-4o-2024-05-13": row(5, 15),
  "gpt-4o-mini": row(0.15, 0.6, 0.075),
  "gpt-4.1": row(2, 8, 0.5),
  "gpt-4.1-mini": row(0.4, 1.6, 0.1),
  "gpt-4.1-nano": row(0.1, 0.4, 0.025),
  "gpt-5": row(1.25, 10, 0.125),
  "gpt-5-mini": row(0.25, 2, 0.025),
  "gpt-5-nano": row(0.05, 0.4, 0.005),
  "gpt-5.1": row(1.25, 10, 0.125),
  "gpt-5.2": row(1.75, 14, 0.175),
  o1: row(15, 60, 7.5),
  o3: row(2, 8, 0.5),
  "o3-mini": row(1.1, 4.4, 0.55),
  "o4-mini": row(1.1, 4.4, 0.275),
};

/**
 * Returns the list price of a well-known model, or null. The date of a name and the prefix `openai/` are ignored, and `ft:MODEL:org::id`
 * costs as much as MODEL (docs/spec/core.md#10).
 */
export function getListPrice(model: string): Price | null {
  const base = /^ft:([^:]+):/.exec(model)?.[1] ?? model.replace(/^openai\//, "");
  for (const name of [base, base.replace(/-\d{4}-\d{2}-\d{2}$/, "")]) {
    if (Object.hasOwn(prices, name)) return prices[name] ?? null;
  }
  return null;
}

/** Computes the US dollars of one reply; null if price or usage is unknown. `cached` counts the prompt tokens read from a cache. */
export function computeCost(price: Price | null, usage: Usage | null, cached = 0): number | null {
  if (!price || !usage) return null;
  const fresh = usage.prompt_tokens - cached;
  return (fresh * price.input + cached * (price.cachedInput ?? price.input) + usage.completion_tokens * price.output) / 1e6;
}
