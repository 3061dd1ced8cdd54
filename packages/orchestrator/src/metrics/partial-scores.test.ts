import { expect, test } from "vitest";
import { computePartialScores } from "./partial-scores.ts";

const action = { action_id: "1", requestor: "assistant" as const, name: "n", arguments: {}, info: null, compare_args: null };
const check = (tool_type: "read" | "write" | null, action_match: boolean) => ({
  action,
  action_match,
  action_reward: action_match ? 1 : 0,
  tool_type,
});

test("partial scores count actions altogether and by what they do; a kind without actions has no score", () => {
  expect(computePartialScores({ action_checks: [check("write", true), check("write", false), check(null, true)] })).toEqual({
    total: { correct: 2, count: 3, proportion: 2 / 3 },
    read: null,
    write: { correct: 1, count: 2, proportion: 0.5 },
  });
});

test.each([null, { action_checks: null }, { action_checks: [] }])("there are no partial scores without actions (%j)", (reward) =>
  expect(computePartialScores(reward)).toBeNull(),
);
