import { expect, test } from "vitest";
import { createTaskSource } from "./lazy-tasks.ts";
import { taskSchema } from "./task.ts";
import { selectTasks } from "./tasks.ts";

const tasks = ["a", "b", "c"].map((id) => ({ id, read: () => taskSchema.parse({ id, user_scenario: { instructions: "Ask." } }) }));
const data = { ...createTaskSource(() => tasks, "shop"), splits: () => ({ base: ["a", "b", "c"], test: ["c", "a"] }) };
const domain = { name: "shop", defaultSplit: "base" };
const ids = (selection: object) => selectTasks(domain, data, selection).map(({ id }) => id);

test("a split keeps the order of the task file", () => {
  expect(ids({ split: "test" })).toEqual(["a", "c"]);
});

test("ids and a number narrow it down", () => {
  expect(ids({ ids: ["c", "b"] })).toEqual(["b", "c"]);
  expect(ids({ num: 2 })).toEqual(["a", "b"]);
  expect(ids({ split: null })).toEqual(["a", "b", "c"]);
});

test("an unknown split is answered with those there are", () => {
  expect(() => ids({ split: "dev" })).toThrow("Invalid task split name: dev. Valid splits are: base, test");
});

test("an unknown or repeated id is named", () => {
  expect(() => ids({ ids: ["a", "z"] })).toThrow(/no task 'z'/);
  expect(() => ids({ ids: ["a", "a"] })).toThrow(/given twice/);
});
