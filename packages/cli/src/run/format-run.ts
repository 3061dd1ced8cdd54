import type { Results, RunInfo } from "@tau2/orchestrator/results";
import { shortenPath } from "../config/config-files.ts";
import type { TableStyle } from "../ui/table.ts";
import { count } from "../ui/text.ts";
import { isFailed } from "../results/is-failed.ts";
import { formatMetrics, formatRunTable } from "./format-metrics.ts";
import type { OpenedRun } from "./play-run.ts";
import type { PreparedRun } from "./prepare.ts";
import { isComplete, type RunMetrics } from "./run-metrics.ts";

/** Formats the roles of a run in a line: `airline, agent llm_agent (gpt-4.1), user user_simulator (gpt-4.1)`. */
export function formatRunHeadline({ environment_info: { domain_name: domain }, agent_info: agent, user_info: user }: RunInfo): string {
  return `${domain}, agent ${formatRole(agent)}, user ${formatRole(user)}`;
}

function formatRole({ implementation, llm }: { implementation: string; llm: string | null }): string {
  return `${implementation}${llm === null ? "" : ` (${llm})`}`;
}

/** Formats a run before it is played: its roles, its notes, and the state of a resumed run in tau2-bench's words. */
export function formatRunStart({ prepared, done, remaining }: OpenedRun): string[] {
  const progress = done === null ? [] : [`Resuming run from ${done} runs. ${remaining} runs remaining.`];
  return [...formatRoles(prepared), ...prepared.notes, ...progress];
}

function formatRoles({ roles, domain, data, options, endpoints, session: { info } }: PreparedRun): string[] {
  const { tasks, trials, concurrency } = options;
  const participants = `agent ${formatRole(info.agent_info)}, user ${formatRole(info.user_info)}`;
  const judge = endpoints.find(({ role }) => role === "judge");
  return [
    `${domain.name} (${data.source} data): ${count(tasks.length, "task")} × ${count(trials, "trial")}, ${concurrency} at a time; ${participants}${judge ? `, judge ${judge.model}` : ""}`,
    ...(roles.keyless && roles.agent.name === "gold"
      ? [
          `No model is named, so the gold agent plays the solutions${roles.solo ? ", alone" : " and a script plays the user"}. Name a model with --agent-llm.`,
        ]
      : []),
  ];
}

/** Formats the outcome of a run: its simulations, its metrics, and the place of its results. */
export function formatRunEnd(
  { prepared, store }: OpenedRun,
  results: Results,
  metrics: RunMetrics,
  cwd: string,
  style: TableStyle,
): string[] {
  const replaced = store.playedAgain();
  // On a terminal the lines of the progress stand right above.
  const gap = style.width === undefined ? [] : [""];
  return [
    ...gap,
    ...formatMetrics(metrics, style),
    "",
    ...formatRunTable(results.simulations, results.tasks, style),
    "",
    ...(replaced > 0
      ? [`${count(replaced, "simulation")} ${replaced === 1 ? "was" : "were"} rerun; the log has the earlier outcomes`]
      : []),
    `results in ${shortenPath(prepared.path, cwd)}`,
    `to look further: tau2 replay ${prepared.name}${results.simulations.some(isFailed) ? " --failed" : ""}`,
    ...(isComplete(metrics) ? [] : [`to resume it: tau2 run --resume --save-to ${prepared.name}`]),
  ];
}
