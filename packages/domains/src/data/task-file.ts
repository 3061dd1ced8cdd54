import { Tau2Error } from "../core/errors.ts";
import { isRecord, parseOrderedJson } from "../core/json/json.ts";
import { createTaskSource, type TaskEntry } from "../core/domain/domain-data.ts";
import type { TaskSource } from "../core/domain/domain.ts";
import { parseData } from "../core/schema/schema.ts";
import { taskSchema } from "../core/task/task.ts";
import { jsonOf, readBytes, textOf } from "./files.ts";
import { jsonItems } from "./json-items.ts";

/** The tasks of a file, each read when it is asked for. What is wrong with the file or a task is said then, naming both. */
export function readTasks(path: string): TaskSource {
  return createTaskSource(() => entriesOf(readBytes(path), path), path);
}

function entriesOf(bytes: Buffer, path: string): TaskEntry[] {
  const whole = () => jsonOf(textOf(bytes, path), path);
  const entry = (id: unknown, content: () => unknown): TaskEntry => ({
    id,
    read: () => parseData(taskSchema, content(), `${path}, task '${String(id)}'`),
  });
  const items = jsonItems(bytes);
  if (items) return items.map(({ id, bytes: part }) => entry(id, () => parsed(part) ?? whole()));
  // An object that holds the list, or a broken file, about which the parser has more to say.
  const content = whole();
  const list = isRecord(content) ? content["tasks"] : content;
  if (!Array.isArray(list)) throw new Tau2Error("invalid", `${path} holds no list of tasks, neither as a whole nor under the key 'tasks'`);
  return list.map((task: unknown) => entry(isRecord(task) ? task["id"] : undefined, () => task));
}

/** An item's content; null for a broken one, whose place in the file the parser of the whole file tells. */
function parsed(bytes: Buffer): unknown {
  try {
    return parseOrderedJson(textOf(bytes, ""));
  } catch {
    return null;
  }
}
