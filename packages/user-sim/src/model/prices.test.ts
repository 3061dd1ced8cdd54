import { expect, test } from "vitest";
import { computeCost, getListPrice } from "./prices.ts";

test.each([
  ["gpt-4.1", 2],
  ["gpt-4.1-2025-04-14", 2],
  ["openai/gpt-4.1-mini", 0.4],
  ["ft:gpt-4o-mini-2024-07-18:acme::abc123", 0.15],
  ["gpt-4o-2024-05-13", 5],
])("%s costs %d dollars a million input tokens", (model, input) => {
  expect(getListPrice(model)?.input).toBe(input);
});

test.each(["my-model", "gpt-4.1-turbo-deluxe", "constructor", ""])("the price of '%s' is unknown, not zero", (model) => {
  expect(getListPrice(model)).toBeNull();
});

test("cost adds input, cached input and output by their own prices", () => {
  expect(
    computeCost({ input: 2, output: 8, cachedInput: 0.5 }, { prompt_tokens: 1_000_000, completion_tokens: 500_000 }, 400_000),
  ).toBeCloseTo(1.2 + 0.2 + 4);
  expect(computeCost({ input: 2, output: 8 }, { prompt_tokens: 1_000_000, completion_tokens: 0 }, 400_000)).toBeCloseTo(2);
});

test("without a price or without usage the cost is unknown", () => {
  expect(computeCost(null, { prompt_tokens: 1, completion_tokens: 1 })).toBeNull();
  expect(computeCost({ input: 1, output: 1 }, null)).toBeNull();
});
