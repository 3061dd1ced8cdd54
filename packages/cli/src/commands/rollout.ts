import { getGivenValues, type FlagsOf } from "../config/flags.ts";
import { shortenPath } from "../config/presets.ts";
import { exitCodes } from "../errors.ts";
import type { CliIo } from "../io.ts";
import { composeRollout } from "../rollout/config/compose-rollout.ts";
import { rolloutOptions } from "../rollout/config/rollout-options.ts";
import { openNamed, openRollout, applySavedConfig, type OpenedRollout } from "../rollout/open-rollout.ts";
import { playRollouts, type RolloutOutcome } from "../rollout/play-rollouts.ts";
import { getGroupSize, getNumTries, prepareRollout, type PreparedRollout } from "../rollout/prepare.ts";
import { formatMetricsTable } from "../rollout/metrics.ts";
import { rolloutProgress } from "../rollout/ui/rollout-progress.ts";
import { count } from "../ui/text.ts";
import { createOutput } from "./output.ts";

type Flags = FlagsOf<typeof rolloutOptions> & { readonly json?: boolean };

/** `tau2 rollout` */
export async function rollout(io: CliIo, flags: Flags): Promise<number> {
  const said = getGivenValues(rolloutOptions, flags);
  const named = await openNamed(said, io.cwd);
  try {
    const given = applySavedConfig(said, named?.claim ?? null);
    const composed = composeRollout(given, io.cwd);
    const { verbose, streamer } = composed.generator.values;
    const progress = rolloutProgress(io, streamer ? "full" : verbose ? "brief" : null);
    const prepared = await prepareRollout(composed, io, (line) => progress.note(line));
    const opened = await openRollout(prepared, given, named, io);
    for (const line of [headline(prepared, opened), ...prepared.notes, ...soFar(opened)]) progress.note(line);
    const outcome = await playRollouts(prepared, opened, progress, io);
    report(io, flags, prepared, opened, outcome);
    return exitCode(outcome);
  } catch (thrown) {
    await named?.claim.release();
    throw thrown;
  }
}

/** Formats the roles and the folder of a run in a line or two. */
function headline({ batch, policy, composed, concurrency, evaluation, trainer }: PreparedRollout, { name }: OpenedRollout): string {
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

function soFar({ stored }: OpenedRollout): string[] {
  return stored === null ? [] : [`Resuming: ${count(stored, "episode")} ${stored === 1 ? "is" : "are"} there already.`];
}

function report(
  io: CliIo,
  { json }: Flags,
  { composed }: PreparedRollout,
  opened: OpenedRollout,
  { figures, interrupted }: RolloutOutcome,
): void {
  const result = createOutput(io);
  const { name, folder, checkpoints } = opened;
  if (json) {
    result.json({ run: name, folder, checkpoints, interrupted, figures });
    return;
  }
  const isIncomplete = interrupted || figures.some(({ errors }) => errors > 0);
  const { log_path: logs = "./logs" } = composed.trainer.values;
  const place = logs === "./logs" ? "" : `--log-path ${logs} `;
  const short = shortenPath(folder, io.cwd);
  result.lines([
    ...(figures.length > 0 ? [...formatMetricsTable(figures, result), ""] : []),
    `rollouts and metrics in ${short}`,
    ...(figures.length > 0 ? [`as files for others: tau2 export ${short} --to sft | verifiers | results`] : []),
    ...(isIncomplete ? [`to resume it: tau2 rollout --resume-run ${place}--run-name ${name}`] : []),
  ]);
}

function exitCode({ figures, interrupted }: RolloutOutcome): number {
  if (interrupted) return exitCodes.interrupted;
  return figures.some(({ episodes, errors }) => episodes > errors) ? exitCodes.ok : exitCodes.failed;
}
