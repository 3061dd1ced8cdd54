import { expect, it } from "vitest";
import { didYouMean, nearest } from "./nearest.ts";

it("slips of the finger are recognised, other words are not", () => {
  expect(nearest("arline", ["airline", "mock"])).toBe("airline");
  expect(nearest("tset", ["train", "test"])).toBe("test");
  expect(nearest("zoo", ["airline", "mock"])).toBeUndefined();
  expect(nearest("x", [])).toBeUndefined();
});

it("case, - and _ make no difference", () => {
  expect(nearest("taskId", ["task_id", "task_ids"])).toBe("task_id");
  expect(nearest("Num-Trials", ["num_trials"])).toBe("num_trials");
});

it("is the end of a sentence, or nothing", () => {
  expect(didYouMean("mok", ["mock"])).toBe("; did you mean 'mock'?");
  expect(didYouMean("other", ["mock"])).toBe("");
});
