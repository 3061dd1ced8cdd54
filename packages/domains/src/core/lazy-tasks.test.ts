import { expect, test } from "vitest";
import { createTaskSource } from "./lazy-tasks.ts";
import { taskSchema } from "./task.ts";

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
