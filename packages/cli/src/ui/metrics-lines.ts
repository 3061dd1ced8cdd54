import type { Coverage, Metrics } from "@tau2/orchestrator";
import type { RunFigures } from "../run/report.ts";
import { dollarText, shareText } from "./format.ts";
import type { TableStyle } from "./table.ts";
import { count, pad } from "./text.ts";

const passHint = "the chance that k attempts at a task all succeed: mean of C(c,k) / C(n,k)";

/** The figures of a run for people: what they stand on first, then what they are. */
export function metricsLines(
  { metrics, coverage, databasesCount }: RunFigures,
  { paint, width: columns = Number.POSITIVE_INFINITY }: TableStyle,
): string[] {
  const { planned, graded, cost } = coverage;
  const excluded = planned - graded;
  const rows: [string, string][] = [
    ["simulations", `${planned} planned, ${graded} graded, ${excluded} excluded${excluded > 0 ? ` (${reasons(coverage)})` : ""}`],
  ];
  if (metrics) {
    const passes = Object.entries(metrics.pass_hat_ks);
    rows.push(
      ["average reward", metrics.avg_reward.toFixed(4)],
      ...passes.map(([k, value]): [string, string] => [
        `pass^${k}`,
        `${value.toFixed(3)}${k === "1" && columns > 100 ? paint("dim", `   ${passHint}`) : ""}`,
      ]),
      ["read actions", shareText(metrics.correct_read_actions, metrics.total_read_actions)],
      ["write actions", shareText(metrics.correct_write_actions, metrics.total_write_actions)],
      ["databases", databasesCount ? shareText(metrics.db_match_count, metrics.db_match_count + metrics.db_mismatch_count) : "-"],
      ["ended by", endings(metrics)],
    );
  }
  rows.push(["cost", `agent ${dollarText(cost.agent)}, user ${dollarText(cost.user)}, judge ${dollarText(cost.judge)}`]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.filter(([, text]) => text !== "-").map(([name, text]) => `${paint("bold", pad(name, width))}  ${text}`);
}

function reasons({ ungraded, missing }: Coverage): string {
  return [
    ...(ungraded.infrastructure_error > 0 ? [count(ungraded.infrastructure_error, "fault")] : []),
    ...(ungraded.other > 0 ? [`${ungraded.other} without a grade`] : []),
    ...(missing > 0 ? [`${missing} not played`] : []),
  ].join(", ");
}

function endings(metrics: Metrics): string {
  const counts: [string, number][] = [
    ["the user", metrics.termination_user_stop],
    ["the agent", metrics.termination_agent_stop],
    ["too many steps", metrics.termination_max_steps],
    ["an error", metrics.termination_error],
  ];
  const known = counts.reduce((sum, [, n]) => sum + n, 0);
  const other = metrics.total_simulations - known;
  return [...counts, ["the time limit", other] as const]
    .filter(([, n]) => n > 0)
    .map(([who, n]) => `${who} ${n}`)
    .join(", ");
}
