import type { Domain, DomainData, Task } from "@tau2/domains/core";
import { UsageError } from "../cli-error.ts";
import { didYouMean } from "../suggest.ts";

/** A task by its id. @throws UsageError with the nearest id. */
export function findTask(domain: Pick<Domain, "name">, data: Pick<DomainData, "tasks">, id: string): Task {
  const tasks = data.tasks();
  const task = tasks.find((known) => known.id === id);
  if (task) return task;
  const hint =
    didYouMean(
      id,
      tasks.map((known) => known.id),
    ) || `; \`tau2 tasks list ${domain.name}\` lists all ${tasks.length}`;
  throw new UsageError(`no task '${id}' in domain ${domain.name}${hint}`);
}
