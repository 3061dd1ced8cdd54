import type { Domain, DomainData, Task } from "@tau2/domains";
import { didYouMean } from "@tau2/domains/internal";
import { UsageError } from "../errors.ts";

/** Returns a task by its id. @throws UsageError with the nearest id. */
export function findTask(domain: Pick<Domain, "name">, data: Pick<DomainData, "task" | "taskIds">, id: string): Task {
  const task = data.task(id);
  if (task) return task;
  const ids = data.taskIds();
  const hint = didYouMean(id, ids) || `; \`tau2 tasks list ${domain.name}\` lists all ${ids.length}`;
  throw new UsageError(`no task '${id}' in domain ${domain.name}${hint}`);
}
