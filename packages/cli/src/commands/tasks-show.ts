import { formatExpectedAction, formatScenario } from "@tau2/domains/internal";
import type { Task } from "@tau2/domains";
import { defineCommand } from "../command-line/define-command.ts";
import { jsonOption } from "../config/option.ts";
import type { Paint } from "../ui/text.ts";
import { dataOption, domainWord } from "./shared.ts";

/** `tau2 tasks show DOMAIN ID` */
export const tasksShow = defineCommand({
  brief: "show a task: the user's request, the solution, and the grading criteria",
  usage: "DOMAIN ID [options]",
  options: { ...dataOption, ...jsonOption },
  positional: [domainWord, { placeholder: "id", brief: "the task's id" }],
  async work({ io, printer }, flags, name, id) {
    const { loadDomainWithData } = await import("../domain/load-domain-with-data.ts");
    const { findTask } = await import("../domain/find-task.ts");

    const { domain, data } = await loadDomainWithData(io, name, flags.data);
    const task = findTask(domain, data, id);
    if (flags.json) printer.json(task);
    else printer.lines(formatTask(task, printer.paint));
  },
});

function formatTask(task: Task, paint: Paint): string[] {
  const { description, initial_state, evaluation_criteria: criteria } = task;
  const section = (title: string, lines: readonly (string | null | undefined)[]) => {
    const present = lines.filter((line) => line !== null && line !== undefined && line !== "");
    return present.length > 0
      ? ["", paint("bold", title), ...present.flatMap((line) => line!.split("\n").map((part) => `  ${part.replaceAll("\t", "  ")}`))]
      : [];
  };
  return [
    paint("bold", `task ${task.id}`),
    ...section("Purpose", [description?.purpose, description?.relevant_policies, description?.notes]),
    ...section("User", [formatScenario(task.user_scenario)]),
    ...section("Ticket", [task.ticket]),
    ...section("Before the conversation", [
      initial_state?.initialization_data ? `data: ${JSON.stringify(initial_state.initialization_data)}` : null,
      ...(initial_state?.initialization_actions ?? []).map(
        (call) => `${call.env_type}: ${call.func_name}(${JSON.stringify(call.arguments)})`,
      ),
      initial_state?.message_history?.length ? `${initial_state.message_history.length} messages were said` : null,
    ]),
    ...section(
      "Solution",
      (criteria?.actions ?? []).map((action) => `${action.requestor === "user" ? "user: " : ""}${formatExpectedAction(action)}`),
    ),
    ...section(
      "Must hold at the end",
      (criteria?.env_assertions ?? []).map(
        (check) => `${check.env_type}: ${check.func_name}(${JSON.stringify(check.arguments)}) is ${check.assert_value}`,
      ),
    ),
    ...section("Must be said", criteria?.communicate_info ?? []),
    ...section("Must be true of the conversation", criteria?.nl_assertions ?? []),
    ...section("Graded by", [(criteria?.reward_basis ?? []).join(" × ")]),
  ];
}
