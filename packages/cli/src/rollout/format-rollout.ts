import { shortenPath } from "../config/config-files.ts";
import type { TableStyle } from "../ui/table.ts";
import { count } from "../ui/text.ts";
import { trainerKeys } from "../config/tables/trainer-keys.ts";
import { formatMetricsTable } from "./metrics.ts";
import type { OpenedRollout } from "./open-rollout.ts";
import type { RolloutOutcome } from "./play-rollouts.ts";
import { getGroupSize, getNumTries, type PreparedRollout } from "./prepare.ts";

/** Formats a rollout before it is played: its roles, its folder, its notes, and the state of a resumed one. */
export function formatRolloutStart(prepared: PreparedRollout, opened: OpenedRollout): string[] {
  const { stored } = opened;
  const progress = stored === null ? [] : [`Resuming: ${count(stored, "episode")} ${stored === 1 ? "is" : "are"} there already.`];
  return [formatRoles(prepared, opened), ...prepared.notes, ...progress];
}

function formatRoles({ batch, policy, composed, concurrency, evaluation, trainer }: PreparedRollout, { name }: OpenedRollout): string {
  const { env, run } = batch;
  const { split } = env.config;
  const tasks = trainer
    ? `${count(env.datasets.train.length, "task")} to train on`
    : `${count(env.datasets[split].length, "task")} of ${split}`;
  const attempts = count(getGroupSize(composed, split) * getNumTries(composed, split), "attempt");
  const who = policy.endpoint ? `policy ${policy.endpoint.model}` : `the ${policy.kind} policy`;
  const user = run.info.user_info.llm ?? run.info.user_info.implementation;
  const eval_ = evaluation ? `; then ${count(evaluation.env.datasets.eval.length, "task")} of eval (${evaluation.env.domain.name})` : "";
  return `${env.domain.name} (${env.data.source} data): ${tasks} × ${attempts}, ${concurrency} at a time${eval_}; ${who}, user ${user}\nrun ${name}`;
}

/** Formats the outcome of a rollout: its metrics, its folder, and the next commands. */
export function formatRolloutEnd(
  { composed }: PreparedRollout,
  { name, folder }: OpenedRollout,
  { figures, interrupted }: RolloutOutcome,
  { cwd, style }: { readonly cwd: string; readonly style: TableStyle },
): string[] {
  const isIncomplete = interrupted || figures.some(({ errors }) => errors > 0);
  const { log_path: logs } = composed.trainer.values;
  const place = logs === trainerKeys.log_path.default ? "" : `--log-path ${logs} `;
  const short = shortenPath(folder, cwd);
  return [
    ...(figures.length > 0 ? [...formatMetricsTable(figures, style), ""] : []),
    `rollouts and metrics in ${short}`,
    ...(figures.length > 0 ? [`as files for others: tau2 export ${short} --to sft | verifiers | results`] : []),
    ...(isIncomplete ? [`to resume it: tau2 rollout --resume-run ${place}--run-name ${name}`] : []),
  ];
}
