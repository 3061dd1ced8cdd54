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

test("ids are there without reading a task", () => {
  const { tasks, read } = source(["a", "b"]);
  expect(tasks.taskIds()).toEqual(["a", "b"]);
  expect(read).toEqual([]);
});

test("a task is read when it is asked for, and only once", () => {
  const { tasks, read } = source(["a", "b", "c"]);
  expect(tasks.task("b")).toBe(tasks.task("b"));
  expect(tasks.tasks().map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(tasks.tasks()[1]).toBe(tasks.task("b"));
  expect(read).toEqual(["b", "a", "c"]);
});

test("a task that cannot be read says so whenever it is asked for; the others are there", () => {
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

test("an unknown id has no task", () => {
  expect(source(["a"]).tasks.task("z")).toBeUndefined();
});

test("every task has an id, and no two the same", () => {
  expect(() => source(["a", 7]).tasks.taskIds()).toThrow("shop/tasks.json, task 2: it has no id, which must be a text");
  expect(() => source(["a", "b", "a"]).tasks.task("a")).toThrow("shop/tasks.json, task 3: the id 'a' is there twice");
});

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
