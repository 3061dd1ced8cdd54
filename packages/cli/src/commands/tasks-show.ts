import { didYouMean, formatExpectedAction, formatScenario } from "@tau2/domains/internal";
import type { Domain, DomainData, Task } from "@tau2/domains";
import { UsageError } from "../errors.ts";
import type { CliIo } from "../io.ts";
import type { Paint } from "../ui/text.ts";
import { loadDomainWithData } from "../data/data-directory.ts";
import { createOutput } from "./output.ts";

/** A task by its id. @throws UsageError with the nearest id. */
export function findTask(domain: Pick<Domain, "name">, data: Pick<DomainData, "task" | "taskIds">, id: string): Task {
  const task = data.task(id);
  if (task) return task;
  const ids = data.taskIds();
  const hint = didYouMean(id, ids) || `; \`tau2 tasks list ${domain.name}\` lists all ${ids.length}`;
  throw new UsageError(`no task '${id}' in domain ${domain.name}${hint}`);
}

/** `tau2 tasks show DOMAIN ID` */
export async function tasksShow(
  io: CliIo,
  flags: { readonly data?: string; readonly json?: boolean },
  name: string,
  id: string,
): Promise<void> {
  const { domain, data } = await loadDomainWithData(io, name, flags.data);
  const task = findTask(domain, data, id);
  const result = createOutput(io);
  if (flags.json) result.json(task);
  else result.lines(taskLines(task, result.paint));
}

function taskLines(task: Task, paint: Paint): string[] {
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
