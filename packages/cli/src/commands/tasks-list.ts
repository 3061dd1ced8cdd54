import { selectTasks, type Task } from "@tau2/domains";
import type { CliIo } from "../io.ts";
import type { FlagsOf } from "../config/flags.ts";
import { formatTable, type Column } from "../ui/table.ts";
import { count } from "../ui/text.ts";
import type { tasksListOptions } from "./inspect-options.ts";
import { loadDomainWithData } from "../data/data-directory.ts";
import { createOutput } from "./output.ts";
import { withHint } from "../errors.ts";

/** `tau2 tasks list DOMAIN` */
export async function tasksList(
  io: CliIo,
  flags: FlagsOf<typeof tasksListOptions> & { readonly json?: boolean },
  name: string,
): Promise<void> {
  const { domain, data } = await loadDomainWithData(io, name, flags.data);
  const splits = data.splits() ?? {};
  const tasks = withHint(flags.taskSplitName ?? "", Object.keys(splits), () =>
    selectTasks(domain, data, { split: flags.taskSplitName ?? null }),
  );
  const splitsOf = ({ id }: Task) => Object.keys(splits).filter((split) => splits[split]!.includes(id));
  const result = createOutput(io);
  if (flags.json) {
    result.json(
      tasks.map((task) => ({
        id: task.id,
        purpose: getPurpose(task),
        splits: splitsOf(task),
        reward_basis: task.evaluation_criteria?.reward_basis ?? null,
      })),
    );
    return;
  }
  const columns: Column<Task>[] = [
    { title: "id", value: ({ id }) => id, style: (text) => result.paint("bold", text) },
    { title: "purpose", value: getPurpose },
    { title: "steps", value: (task) => String(task.evaluation_criteria?.actions?.length ?? 0), align: "right", drop: 1 },
    { title: "graded by", value: (task) => (task.evaluation_criteria?.reward_basis ?? []).join(" "), drop: 2 },
    { title: "splits", value: (task) => splitsOf(task).join(" "), drop: 3 },
  ];
  result.lines([...formatTable(columns, tasks, result), "", `${count(tasks.length, "task")} of ${domain.name} (${data.source} data)`]);
}

/** Returns a line about a task. */
function getPurpose({ description, user_scenario: { instructions } }: Task): string {
  const { purpose } = description ?? {};
  return purpose ?? (typeof instructions === "string" ? instructions : instructions.reason_for_call);
}
