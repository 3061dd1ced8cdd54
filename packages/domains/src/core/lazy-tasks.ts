import { Tau2Error } from "./errors.ts";
import { deepFreeze } from "./deep-freeze.ts";
import type { Task } from "./task.ts";

/** A task that nobody has looked at yet: its id, and how to get the rest. */
export interface TaskEntry {
  readonly id: unknown;
  /** Reads and checks it. Called once at most. */
  read(): Task;
}

/** What gives tasks. */
export interface TaskSource {
  /** Ids of all tasks, in the order of the file. No task is read for it. */
  taskIds(): readonly string[];
  /** A task by its id; undefined where there is none of that id. Read and checked on the first call for it. */
  task(id: string): Task | undefined;
  /** All tasks, in the order of the file. */
  tasks(): readonly Task[];
}

/**
 * Tasks that are read one by one, when they are asked for, and then kept.
 * @param list is asked for on the first use, and gives the order
 * @param where names the place in errors
 */
export function createTaskSource(list: () => readonly TaskEntry[], where: string): TaskSource {
  const unread = new Map<string, TaskEntry>();
  const known = new Map<string, Task>();
  let ids: readonly string[] | undefined;
  let all: readonly Task[] | undefined;
  const taskIds = () => (ids ??= readIds());
  const task = (id: string) => {
    taskIds();
    const entry = unread.get(id);
    if (entry) {
      known.set(id, deepFreeze(entry.read()));
      unread.delete(id);
    }
    return known.get(id);
  };
  return { taskIds, task, tasks: () => (all ??= taskIds().map((id) => task(id)!)) };

  function readIds(): readonly string[] {
    const entries = new Map<string, TaskEntry>();
    for (const [at, entry] of list().entries()) {
      if (typeof entry.id !== "string") throw new Tau2Error("invalid", `${where}, task ${at + 1}: it has no id, which must be a text`);
      if (entries.has(entry.id)) throw new Tau2Error("invalid", `${where}, task ${at + 1}: the id '${entry.id}' is there twice`);
      entries.set(entry.id, entry);
    }
    for (const [id, entry] of entries) unread.set(id, entry);
    return [...entries.keys()];
  }
}
