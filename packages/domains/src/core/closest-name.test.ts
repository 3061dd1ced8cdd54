import { expect, it } from "vitest";
import { didYouMean, closestName } from "./closest-name.ts";

it("closestName finds a misspelt name, and ignores other words", () => {
  expect(closestName("arline", ["airline", "mock"])).toBe("airline");
  expect(closestName("tset", ["train", "test"])).toBe("test");
  expect(closestName("zoo", ["airline", "mock"])).toBeUndefined();
  expect(closestName("x", [])).toBeUndefined();
});

it("closestName ignores case, - and _", () => {
  expect(closestName("taskId", ["task_id", "task_ids"])).toBe("task_id");
  expect(closestName("Num-Trials", ["num_trials"])).toBe("num_trials");
});

it("closestName finds a short name with swapped letters", () => {
  expect(closestName("rnu", ["run", "mcp"])).toBe("run");
});

it("didYouMean returns the end of a sentence, or an empty string", () => {
  expect(didYouMean("mok", ["mock"])).toBe("; did you mean 'mock'?");
  expect(didYouMean("other", ["mock"])).toBe("");
});
