import type { DomainData } from "@tau2/domains";
import type { Results } from "@tau2/orchestrator";
import { count } from "../ui/text.ts";

/** The same results with the tasks that a domain's data has now; a task that is not there any more stays as it is stored (docs/spec/core.md#7-9). */
export function freshTasks(results: Results, data: Pick<DomainData, "tasks">): { results: Results; notes: string[] } {
  const known = new Map(data.tasks().map((task) => [task.id, task]));
  const missing = results.tasks.filter(({ id }) => !known.has(id));
  const notes =
    missing.length > 0
      ? [
          `${count(missing.length, "task")} not in the data any more (${missing
            .slice(0, 3)
            .map(({ id }) => id)
            .join(", ")}${missing.length > 3 ? ", …" : ""}): graded as stored`,
        ]
      : [];
  return { results: { ...results, tasks: results.tasks.map((task) => known.get(task.id) ?? task) }, notes };
}
