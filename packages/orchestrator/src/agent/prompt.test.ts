import { expect, test } from "vitest";
import { getAgentPrompt, systemPrompt } from "./prompt.ts";

test("each block stands between its tags on lines of their own, its text untouched", () => {
  expect(systemPrompt({ instructions: "Be kind.", policy: "# Policy\n\n1. Nothing.\n" })).toBe(
    "<instructions>\nBe kind.\n</instructions>\n<policy>\n# Policy\n\n1. Nothing.\n\n</policy>",
  );
});

test.each(["agent", "agent-gt", "agent-solo"] as const)(
  "the instructions '%s' come with the package and end without a line end",
  (name) => {
    expect(getAgentPrompt(name)).toMatch(/customer service.*\S$/s);
  },
);
