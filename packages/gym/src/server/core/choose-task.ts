import { createHash } from "node:crypto";
import { parseData } from "@tau2/domains/internal";
import { selectTasks, taskSchema, type Task } from "@tau2/domains";
import { ServerError } from "./server-error.ts";
import type { LoadedDomain } from "./shelf.ts";

/** How a request names a task; all of it may be left out. */
export interface TaskRequest {
  /** A task of the client's own. */
  task?: unknown;
  task_id?: string | undefined;
  /** By default the domain's; null for all tasks. */
  split?: string | null | undefined;
  /** The task's place in the split, from 0. */
  index?: number | undefined;
  seed?: number | null | undefined;
}

/**
 * The task that a request means. One that names none is given one of the split that can be played: the one that its seed draws, or any.
 * @throws ServerError `invalid`, `not_found`; Tau2Error when the task is none, or there is no such split
 */
export function chooseTask(
  { domain, data, tasks }: LoadedDomain,
  { task, task_id, split, index, seed }: TaskRequest,
  isPlayable: (task: Task) => boolean,
): Task {
  const named = [task !== undefined && "task", task_id !== undefined && "task_id", index !== undefined && "index"].filter(Boolean);
  if (named.length > 1) throw new ServerError("invalid", `${named.join(" and ")} both name the task: give one of them`);
  if (task !== undefined) return parseData(taskSchema, task, "task");
  if (task_id !== undefined) return taskOf({ domain, tasks }, task_id);
  const choice = selectTasks(domain, data, { split });
  const set = split === null ? "all tasks" : `split '${split ?? domain.defaultSplit ?? "all"}'`;
  if (index !== undefined) {
    const chosen = choice[index];
    if (chosen) return chosen;
    throw new ServerError("not_found", `no task ${index} in ${set} of ${domain.name}: it has ${choice.length}, counted from 0`);
  }
  const playable = choice.filter(isPlayable);
  const chosen = playable[drawn(playable.length, seed ?? null)];
  if (chosen) return chosen;
  throw new ServerError("not_found", `none of the ${choice.length} tasks in ${set} of ${domain.name} can be played like this`);
}

/** Seeds that lie beside each other draw tasks that do not. */
function drawn(count: number, seed: number | null): number {
  if (seed === null) return Math.floor(Math.random() * count);
  return createHash("sha256").update(String(seed)).digest().readUInt32BE(0) % Math.max(1, count);
}

/** A task by its id. @throws ServerError `not_found` with what there is */
export function taskOf({ domain, tasks }: Pick<LoadedDomain, "domain" | "tasks">, id: string): Task {
  const task = tasks.get(id);
  if (task) return task;
  const some = [...tasks.keys()].slice(0, 5).map((known) => `'${known}'`);
  const known = tasks.size === 0 ? "there are none" : `there are ${tasks.size}: ${some.join(", ")}${tasks.size > 5 ? ", …" : ""}`;
  throw new ServerError("not_found", `no task '${id}' in ${domain.name}; ${known}`);
}
