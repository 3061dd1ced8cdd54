import { expect, it } from "vitest";
import { didYouMean, closestName } from "./closest-name.ts";

it("slips of the finger are recognised, other words are not", () => {
  expect(closestName("arline", ["airline", "mock"])).toBe("airline");
  expect(closestName("tset", ["train", "test"])).toBe("test");
  expect(closestName("zoo", ["airline", "mock"])).toBeUndefined();
  expect(closestName("x", [])).toBeUndefined();
});

it("case, - and _ make no difference", () => {
  expect(closestName("taskId", ["task_id", "task_ids"])).toBe("task_id");
  expect(closestName("Num-Trials", ["num_trials"])).toBe("num_trials");
});

it("is the end of a sentence, or nothing", () => {
  expect(didYouMean("mok", ["mock"])).toBe("; did you mean 'mock'?");
  expect(didYouMean("other", ["mock"])).toBe("");
});
