import { hasToolCalls, type Message, type RewardInfo, type ToolCall } from "@tau2/domains";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { getReport } from "@tau2/orchestrator/internal";
import type { TableStyle } from "../ui/table.ts";
import { oneLine, wrap } from "../ui/text.ts";
import { formatCall } from "./format-replay.ts";

/** A check of a component: the expected outcome, the actual one, and the judge's reason where a judge decided. */
interface FailedCheck {
  readonly expected: string;
  readonly actual: string;
  readonly reason?: string | undefined;
}

/** Formats the expected and the actual outcome of each component that failed, with the judge's reasons; empty for a success. */
export function formatFailures(simulation: SimulationRun, { paint, width = 120 }: TableStyle): string[] {
  const { reward_info: info } = simulation;
  if (!info || info.reward === 1) return [];
  const text = (label: string, value: string) =>
    wrap(oneLine(value), Math.max(20, width - 14)).map((line, i) => `  ${(i === 0 ? label : "").padEnd(10)}${line}`);
  const failed = Object.entries(findFailures(simulation, info)).filter(([, checks]) => checks.length > 0);
  return failed.flatMap(([component, checks]) => [
    "",
    paint("bold", `${component} failed`),
    ...checks.flatMap(({ expected, actual, reason }) => [
      ...text("expected", expected),
      ...text("actual", actual),
      ...(reason ? text("reason", reason) : []),
    ]),
  ]);
}

function findFailures(simulation: SimulationRun, info: RewardInfo): Record<string, FailedCheck[]> {
  const messages = simulation.messages ?? [];
  const report = getReport(simulation)?.components;
  const inBasis = (component: string) => info.reward_basis?.includes(component as never) ?? true;
  const places = report?.DB.missed ?? [];
  return {
    DB:
      inBasis("DB") && info.db_check?.db_match === false
        ? [
            {
              expected: "the databases after the task's solution",
              actual: places.length > 0 ? `different at ${places.join(", ")}` : "different",
            },
          ]
        : [],
    ENV_ASSERTION: inBasis("ENV_ASSERTION")
      ? (info.env_assertions ?? [])
          .filter(({ met }) => !met)
          .map(({ env_assertion: { func_name: name, arguments: args, assert_value: value } }) => ({
            expected: `${formatCall({ name, arguments: args })} is ${value}`,
            actual: `it is ${!value}`,
          }))
      : [],
    ACTION: inBasis("ACTION")
      ? (info.action_checks ?? [])
          .filter(({ action_match: match }) => !match)
          .map(({ action }) => ({ expected: formatCall(action), actual: formatCallsOf(messages, action.name) }))
      : [],
    COMMUNICATE: inBasis("COMMUNICATE")
      ? (info.communicate_checks ?? [])
          .filter(({ met }) => !met)
          .map(({ info: said, justification }) => ({ expected: `the agent says '${said}'`, actual: justification }))
      : [],
    NL_ASSERTION: inBasis("NL_ASSERTION")
      ? (info.nl_assertions ?? [])
          .filter(({ met }) => !met)
          .map(({ nl_assertion: expected, justification }) => ({ expected, actual: "not met, the judge says", reason: justification }))
      : [],
  };
}

/** Formats the calls of a tool in a trajectory. */
function formatCallsOf(messages: readonly Message[], tool: string): string {
  const calls: ToolCall[] = messages.flatMap((message) => (hasToolCalls(message) ? message.tool_calls : []));
  const same = calls.filter(({ name }) => name === tool);
  return same.length === 0 ? `${tool} was not called` : same.map(formatCall).join("; ");
}
