import { selectTasks, Tau2Error, type Domain, type DomainData, type Task } from "@tau2/domains";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Name of a list of tasks. */
export type TaskListName = "train" | "eval" | "test";

/** Options of the task lists (docs/spec/act-prm.md#3). */
export interface TaskListOptions {
  /** Null: the splits `train` and `test`. Name of a split: both lists are cut from it, `test` first. */
  task_split: string | null;
  num_train_tasks: number;
  /** Number of tasks at the end of `train` that become `eval`. Like in a Python slice, 0 takes all. Null: `eval` is `test`. */
  num_val_tasks: number | null;
  num_test_tasks: number;
}

/**
 * Returns the tasks for training, validation and test, in the order of the domain's task file.
 * If `eval` is the test list, `num_test_tasks` limits both; act-prm does not limit `eval`.
 * @throws Tau2Error `not_found` if the domain's data does not contain the split
 */
export function getTaskLists(
  domain: Pick<Domain, "name" | "defaultSplit">,
  data: DomainData,
  options: TaskListOptions,
): Record<TaskListName, Task[]> {
  const { task_split, num_train_tasks, num_val_tasks, num_test_tasks } = options;
  const whole =
    task_split === null ? getTrainAndTest(domain, data) : cutSplit([...selectTasks(domain, data, { split: task_split })], options);
  const test = whole.test.slice(0, num_test_tasks);
  if (num_val_tasks === null) return { train: whole.train.slice(0, num_train_tasks), eval: test, test };
  const cut = num_val_tasks === 0 ? 0 : Math.max(0, whole.train.length - num_val_tasks);
  return { train: whole.train.slice(0, cut).slice(0, num_train_tasks), eval: whole.train.slice(cut), test };
}

function getTrainAndTest(domain: Pick<Domain, "name" | "defaultSplit">, data: DomainData): Lists {
  const names = Object.keys(data.splits() ?? {});
  const missing = ["train", "test"].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const hint = names.length > 0 ? `or name one of its splits as task_split (${names.join(", ")})` : "the data does not contain splits";
    throw new Tau2Error(
      "not_found",
      `the data of domain '${domain.name}' does not contain the split '${missing.join("' and '")}': add it; ${hint}`,
    );
  }
  const inSplit = (split: string) => [...selectTasks(domain, data, { split })];
  return { train: inSplit("train"), test: inSplit("test") };
}

function cutSplit(tasks: readonly Task[], { num_train_tasks, num_test_tasks }: TaskListOptions): Lists {
  return { test: tasks.slice(0, num_test_tasks), train: tasks.slice(num_test_tasks, num_test_tasks + num_train_tasks) };
}

interface Lists {
  train: Task[];
  test: Task[];
}

/** Shuffles a list in place. The seed determines the order. */
export function shuffle(list: unknown[], seed: number): void {
  const generator = xoroshiro128plus(seed);
  for (let last = list.length - 1; last > 0; last--) {
    const other = uniformInt(generator, 0, last);
    [list[last], list[other]] = [list[other], list[last]];
  }
}
