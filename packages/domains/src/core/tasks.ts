import type { Domain, DomainData } from "./domain.ts";
import { Tau2Error } from "./errors.ts";
import type { Task } from "./task.ts";

/** Which tasks of a domain to take. */
export interface TaskSelection {
  /** A split's name; `null` for all tasks; left out for the domain's default. */
  split?: string | null | undefined;
  /** Only these ids. Each must be there once. */
  ids?: readonly string[] | null | undefined;
  /** Only the first so many. */
  num?: number | null | undefined;
}

/** Tasks in the order of the task file; the others are not read. @throws Tau2Error `not_found` for an unknown split or id, with what there is. */
export function selectTasks(
  domain: Pick<Domain, "name" | "defaultSplit">,
  data: Pick<DomainData, "taskIds" | "task" | "splits">,
  selection: TaskSelection = {},
): readonly Task[] {
  const split = selection.split === undefined ? domain.defaultSplit : selection.split;
  let taken = split === null ? data.taskIds() : inSplit(data, split);
  const { ids, num } = selection;
  if (ids) {
    const wanted = new Set(ids);
    taken = taken.filter((id) => wanted.has(id));
    if (taken.length !== ids.length) {
      const missing = ids.filter((id) => !taken.includes(id));
      const problem = missing.length > 0 ? `no task ${missing.map((id) => `'${id}'`).join(", ")}` : "the same task id is given twice";
      throw new Tau2Error("not_found", `Not all tasks were found for task set ${domain.name} - ${split}: ${problem}`);
    }
  }
  return taken.slice(0, num ?? undefined).map((id) => data.task(id)!);
}

function inSplit(data: Pick<DomainData, "taskIds" | "splits">, split: string): readonly string[] {
  const splits = data.splits() ?? {};
  const ids = Object.hasOwn(splits, split) ? splits[split] : undefined;
  if (!ids) {
    const names = Object.keys(splits);
    throw new Tau2Error(
      "not_found",
      `Invalid task split name: ${split}. Valid splits are: ${names.length > 0 ? names.join(", ") : "none"}`,
    );
  }
  const wanted = new Set(ids);
  return data.taskIds().filter((id) => wanted.has(id));
}
