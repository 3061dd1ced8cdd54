import { Tau2Error } from "../errors.ts";
import { deepFreeze } from "../state/update-state.ts";
import { requireKeyOrder } from "../schema/require-key-order.ts";
import { parseData } from "../schema/schema.ts";
import { type Task, type TaskInput, taskSchema } from "../task/task.ts";
import type { Domain, DomainData, InlineData, PolicyFiles, TaskSource } from "./domain.ts";

/** A task that has not been read: its id, and a function for the rest. */
export interface TaskEntry {
  readonly id: unknown;
  /** Reads and checks the task. Called at most once. */
  read(): Task;
}

/** Which tasks of a domain to take. */
export interface TaskSelection {
  /** Name of a split; `null` for all tasks. Default: the domain's default split. */
  split?: string | null | undefined;
  /** Take only these ids. Each must exist in the split, and only once in this list. */
  ids?: readonly string[] | null | undefined;
  /** Take only the first `num` tasks. */
  num?: number | null | undefined;
}

/**
 * Creates a {@link TaskSource} that reads each task when it is first needed, and keeps it.
 * @param list is called on the first use, and defines the order
 * @param where names the file or domain in errors
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
      if (typeof entry.id !== "string") throw new Tau2Error("invalid", `${where}, task ${at + 1}: missing or non-string \`id\``);
      if (entries.has(entry.id)) throw new Tau2Error("invalid", `${where}, task ${at + 1}: duplicate id '${entry.id}'`);
      entries.set(entry.id, entry);
    }
    for (const [id, entry] of entries) unread.set(id, entry);
    return [...entries.keys()];
  }
}

/**
 * Returns the selected tasks, in the order of the task file. Does not read the other tasks.
 * @throws Tau2Error `not_found` for an unknown split or id; the message lists the splits that exist.
 * @example
 * ```ts
 * import { selectTasks } from "@tau2/domains";
 * import { loadData } from "@tau2/domains/data";
 * import { retail } from "@tau2/domains/retail";
 *
 * const tasks = selectTasks(retail, loadData(retail), { split: "test", num: 3 });
 * console.log(tasks.map((task) => task.id));
 * ```
 */
export function selectTasks(
  domain: Pick<Domain, "name" | "defaultSplit">,
  data: Pick<DomainData, "taskIds" | "task" | "splits">,
  selection: TaskSelection = {},
): readonly Task[] {
  const split = selection.split === undefined ? domain.defaultSplit : selection.split;
  let taken = split === null ? data.taskIds() : getSplit(data.taskIds(), data.splits() ?? {}, split);
  const { ids, num } = selection;
  if (ids) {
    const wanted = new Set(ids);
    taken = taken.filter((id) => wanted.has(id));
    if (taken.length !== ids.length) {
      const missing = ids.filter((id) => !taken.includes(id));
      const problem = missing.length > 0 ? `no task ${missing.map((id) => `'${id}'`).join(", ")}` : "duplicate task ids";
      throw new Tau2Error("not_found", `Not all tasks were found for task set ${domain.name} - ${split}: ${problem}`);
    }
  }
  return taken.slice(0, num ?? undefined).map((id) => data.task(id)!);
}

function getSplit(taskIds: readonly string[], splits: Readonly<Record<string, readonly string[]>>, split: string): readonly string[] {
  const ids = Object.hasOwn(splits, split) ? splits[split] : undefined;
  if (!ids) {
    const names = Object.keys(splits);
    throw new Tau2Error(
      "not_found",
      `Invalid task split name: ${split}. Valid splits are: ${names.length > 0 ? names.join(", ") : "none"}`,
    );
  }
  const wanted = new Set(ids);
  return taskIds.filter((id) => wanted.has(id));
}

/**
 * Validates data against the domain's schemas. Tasks are validated when they are first read.
 * @throws Tau2Error `invalid`, naming the place: for data that does not fit, or whose keys JavaScript has moved.
 */
export function parseInlineData<A, U>(domain: Domain<A, U>, data: InlineData, source = "inline"): DomainData<A, U> {
  requireKeyOrder(domain.agent.database, data.db, `${domain.name} database`);
  if (domain.user) requireKeyOrder(domain.user.database, data.userDb, `${domain.name} user database`);
  const toEntry = (task: TaskInput) => ({ id: task.id, read: () => parseData(taskSchema, task, `${domain.name} task '${task.id}'`) });
  return {
    source,
    db: deepFreeze(parseData(domain.agent.database, data.db, `${domain.name} database`)),
    userDb: domain.user ? deepFreeze(parseData(domain.user.database, data.userDb, `${domain.name} user database`)) : null,
    policy: data.policy,
    soloPolicy: data.soloPolicy ?? null,
    ...createTaskSource(() => (data.tasks ?? []).map(toEntry), domain.name),
    splits: () => data.splits ?? null,
  };
}

/** Joins the policy files of a domain, each between its tags if there are several. `read` returns the text of a file. */
export function formatPolicy(policy: PolicyFiles, read: (file: string) => string): string {
  if (typeof policy === "string") return read(policy);
  return policy.map(({ tag, file }) => `<${tag}>\n${read(file)}\n</${tag}>`).join("\n");
}
