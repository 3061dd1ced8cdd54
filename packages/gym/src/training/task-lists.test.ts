import type { DomainData, Task } from "@tau2/domains";
import { mock } from "@tau2/domains/mock";
import { describe, expect, test } from "vitest";
import { training } from "../../test/training.ts";
import { getTaskLists, type TaskListOptions } from "./task-lists.ts";

const ids = ["a", "b", "c", "d", "e", "f"];
const tasks = ids.map((id) => ({ id }) as Task);
const data = {
  ...training,
  tasks: () => tasks,
  taskIds: () => ids,
  task: (id: string) => tasks.find((task) => task.id === id),
  splits: () => ({ train: ["d", "a", "b", "c"], test: ["f", "e"], base: ids }),
} as unknown as DomainData;

function lists(options: Partial<TaskListOptions>): Record<string, string> {
  const whole = { task_split: null, num_train_tasks: 100, num_val_tasks: null, num_test_tasks: 100, ...options };
  return Object.fromEntries(
    Object.entries(getTaskLists(mock, data, whole)).map(([name, list]) => [name, list.map(({ id }) => id).join("")]),
  );
}

describe("task lists", () => {
  test("are the domain's splits in the order of its task file, and eval is test", () => {
    expect(lists({})).toEqual({ train: "abcd", eval: "ef", test: "ef" });
  });

  test("are cut to so many from their beginning, eval as test is", () => {
    expect(lists({ num_train_tasks: 3, num_test_tasks: 1 })).toEqual({ train: "abc", eval: "e", test: "e" });
  });

  test("validation tasks are the end of train, taken before that is cut", () => {
    expect(lists({ num_val_tasks: 1, num_train_tasks: 2 })).toEqual({ train: "ab", eval: "d", test: "ef" });
    expect(lists({ num_val_tasks: 9 })).toEqual({ train: "", eval: "abcd", test: "ef" });
  });

  test("no validation tasks at all are all of them, as Python cuts lists", () => {
    expect(lists({ num_val_tasks: 0 })).toEqual({ train: "", eval: "abcd", test: "ef" });
  });

  test("come from one split that is named, test first", () => {
    expect(lists({ task_split: "base", num_test_tasks: 2, num_train_tasks: 3 })).toEqual({ train: "cde", eval: "ab", test: "ab" });
    expect(lists({ task_split: "base", num_test_tasks: 2, num_val_tasks: 1 })).toEqual({ train: "cde", eval: "f", test: "ab" });
    expect(lists({ task_split: "base" })).toEqual({ train: "", eval: "abcdef", test: "abcdef" });
  });

  test("need splits that exist", () => {
    expect(() => lists({ task_split: "tain" })).toThrow("Invalid task split name: tain. Valid splits are: train, test, base");
    const without = { ...data, splits: () => ({ base: ids }) };
    const whole = { task_split: null, num_train_tasks: 1, num_val_tasks: null, num_test_tasks: 1 };
    expect(() => getTaskLists(mock, without, whole)).toThrow(
      "does not contain the split 'train' and 'test': add it; or name one of its splits as task_split (base)",
    );
  });
});
