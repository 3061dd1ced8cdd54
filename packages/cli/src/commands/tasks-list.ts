import { selectTasks, type Task } from "@tau2/domains";
import { defineCommand } from "../command-line/define-command.ts";
import { jsonOption } from "../config/option.ts";
import { withHint } from "../errors.ts";
import type { Column } from "../ui/table.ts";
import { dataOption, domainWord } from "./shared.ts";

/** `tau2 tasks list DOMAIN` */
export const tasksList = defineCommand({
  brief: "list the tasks of a domain",
  usage: "DOMAIN [options]",
  options: {
    task_split_name: {
      group: "Options",
      kind: "text",
      placeholder: "NAME",
      brief: "only the tasks of this split: train, test, base, …",
      defaultText: "all",
    },
    ...dataOption,
    ...jsonOption,
  },
  positional: [domainWord],
  async work({ io, printer }, flags, name) {
    const { loadDomainWithData } = await import("../domain/load-domain-with-data.ts");
    const { formatTable } = await import("../ui/table.ts");
    const { count } = await import("../ui/text.ts");

    const { domain, data } = await loadDomainWithData(io, name, flags.data);
    const splits = data.splits() ?? {};
    const tasks = withHint(flags.taskSplitName ?? "", Object.keys(splits), () =>
      selectTasks(domain, data, { split: flags.taskSplitName ?? null }),
    );
    const getSplits = ({ id }: Task) => Object.keys(splits).filter((split) => splits[split]!.includes(id));
    if (flags.json) {
      printer.json(
        tasks.map((task) => ({
          id: task.id,
          purpose: getPurpose(task),
          splits: getSplits(task),
          reward_basis: task.evaluation_criteria?.reward_basis ?? null,
        })),
      );
      return;
    }
    const columns: Column<Task>[] = [
      { title: "id", value: ({ id }) => id, isName: true, style: (text) => printer.paint("bold", text) },
      { title: "purpose", value: getPurpose },
      { title: "steps", value: (task) => String(task.evaluation_criteria?.actions?.length ?? 0), align: "right", drop: 1 },
      { title: "graded by", value: (task) => (task.evaluation_criteria?.reward_basis ?? []).join(" "), drop: 2 },
      { title: "splits", value: (task) => getSplits(task).join(" "), drop: 3 },
    ];
    printer.lines([...formatTable(columns, tasks, printer), "", `${count(tasks.length, "task")} of ${domain.name} (${data.source} data)`]);
  },
});

/** Returns a line about a task. */
function getPurpose({ description, user_scenario: { instructions } }: Task): string {
  const { purpose } = description ?? {};
  return purpose ?? (typeof instructions === "string" ? instructions : instructions.reason_for_call);
}
