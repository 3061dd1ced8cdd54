import { expect, test } from "vitest";
import { createTaskSource, selectTasks } from "./domain-data.ts";
import { taskSchema } from "../task/task.ts";

function source(ids: readonly unknown[]) {
  const read: string[] = [];
  const tasks = createTaskSource(
    () =>
      ids.map((id) => ({
        id,
        read() {
          read.push(String(id));
          return taskSchema.parse({ id, user_scenario: { instructions: "Ask." } });
        },
      })),
    "shop/tasks.json",
  );
  return { tasks, read };
}

test("task ids are known without reading a task", () => {
  const { tasks, read } = source(["a", "b"]);
  expect(tasks.taskIds()).toEqual(["a", "b"]);
  expect(read).toEqual([]);
});

test("a task is read on first use, and only once", () => {
  const { tasks, read } = source(["a", "b", "c"]);
  expect(tasks.task("b")).toBe(tasks.task("b"));
  expect(tasks.tasks().map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(tasks.tasks()[1]).toBe(tasks.task("b"));
  expect(read).toEqual(["b", "a", "c"]);
});

test("a broken task throws on every use, and does not affect the other tasks", () => {
  const tasks = createTaskSource(
    () =>
      ["good", "bad"].map((id) => ({
        id,
        read: () => taskSchema.parse({ id, user_scenario: { instructions: id === "bad" ? 1 : "Ask." } }),
      })),
    "",
  );
  expect(() => tasks.task("bad")).toThrow(/instructions/);
  expect(() => tasks.task("bad")).toThrow(/instructions/);
  expect(tasks.task("good")?.id).toBe("good");
});

test("the task of an unknown id is undefined", () => {
  expect(source(["a"]).tasks.task("z")).toBeUndefined();
});

test("missing and duplicate task ids are refused, with the number of the task", () => {
  expect(() => source(["a", 7]).tasks.taskIds()).toThrow("shop/tasks.json, task 2: missing");
  expect(() => source(["a", "b", "a"]).tasks.task("a")).toThrow("task 3: duplicate id 'a'");
});

const tasks = ["a", "b", "c"].map((id) => ({ id, read: () => taskSchema.parse({ id, user_scenario: { instructions: "Ask." } }) }));
const data = { ...createTaskSource(() => tasks, "shop"), splits: () => ({ base: ["a", "b", "c"], test: ["c", "a"] }) };
const domain = { name: "shop", defaultSplit: "base" };
const ids = (selection: object) => selectTasks(domain, data, selection).map(({ id }) => id);

test("a split keeps the order of the task file", () => {
  expect(ids({ split: "test" })).toEqual(["a", "c"]);
});

test("`ids` and `num` narrow a selection of tasks", () => {
  expect(ids({ ids: ["c", "b"] })).toEqual(["b", "c"]);
  expect(ids({ num: 2 })).toEqual(["a", "b"]);
  expect(ids({ split: null })).toEqual(["a", "b", "c"]);
});

test("an unknown split is refused with a list of the splits", () => {
  expect(() => ids({ split: "dev" })).toThrow("Invalid task split name: dev. Valid splits are: base, test");
});

test("unknown and duplicate ids in a selection are refused", () => {
  expect(() => ids({ ids: ["a", "z"] })).toThrow(/no task 'z'/);
  expect(() => ids({ ids: ["a", "a"] })).toThrow(/duplicate/);
});
