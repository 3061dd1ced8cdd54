import type { RunOutcome } from "@tau2/orchestrator";
import { compose } from "../config/compose.ts";
import { getGivenValues, type FlagsOf } from "../config/flags.ts";
import { shortenPath } from "../config/presets.ts";
import { runOptions } from "../config/run-options.ts";
import { exitCodes } from "../errors.ts";
import type { CliIo } from "../io.ts";
import { findRunToResume, createSavedLayer } from "../run/saved-config.ts";
import { openPreparedRun, type OpenedRun, playRun } from "../run/play-run.ts";
import type { PreparedRun } from "../run/prepare.ts";
import { computeRunMetrics, isComplete, createJsonReport, type RunMetrics } from "../run/report.ts";
import { formatMetrics, formatRunTable } from "../ui/metrics-lines.ts";
import { createProgress } from "../ui/progress.ts";
import { count } from "../ui/text.ts";
import { createOutput } from "./output.ts";

type Flags = FlagsOf<typeof runOptions> & { readonly config?: readonly string[]; readonly json?: boolean };

/** `tau2 run` */
export async function run(io: CliIo, flags: Flags): Promise<number> {
  const request = { options: runOptions, configs: flags.config ?? [], given: getGivenValues(runOptions, flags), cwd: io.cwd };
  const composed = compose(request);
  const earlier = await findRunToResume(composed.values, io.cwd);
  const opened = await openPreparedRun(earlier ? compose({ ...request, base: createSavedLayer(earlier) }) : composed, earlier, io);
  const { prepared } = opened;
  const progress = createProgress(io);
  for (const line of [...headline(prepared), ...prepared.notes, ...progressSoFar(opened)]) progress.note(line);
  const { outcome, results } = await playRun(opened, progress, io);
  const figures = computeRunMetrics(results);
  const result = createOutput(io);
  if (flags.json) result.json(createJsonReport(prepared.name, prepared.path, results, figures, outcome.cancelled));
  else {
    const path = shortenPath(prepared.path, io.cwd);
    const end = [`results in ${path}`, ...(isComplete(figures) ? [] : [`to resume it: tau2 run --resume --save-to ${prepared.name}`])];
    const replaced = opened.store.playedAgain();
    const notes =
      replaced > 0 ? [`${count(replaced, "simulation")} ${replaced === 1 ? "was" : "were"} rerun; the log has the earlier outcomes`] : [];
    // On a terminal the lines of the progress stand right above.
    const gap = result.width === undefined ? [] : [""];
    result.lines([
      ...gap,
      ...formatRunTable(results.simulations, results.tasks, result),
      "",
      ...formatMetrics(figures, result),
      "",
      ...notes,
      ...end,
    ]);
  }
  return exitCodeFor(outcome, figures);
}

/** Returns the state of a resumed run, in tau2-bench's words. */
function progressSoFar({ done, remaining }: OpenedRun): string[] {
  return done === null ? [] : [`Resuming run from ${done} runs. ${remaining} runs remaining.`];
}

/** Formats the roles of a run in a line or two. */
function headline({ roles, domain, data, options, endpoints }: PreparedRun): string[] {
  const { tasks, trials, concurrency = 3 } = options;
  const withModel = (name: string, model: string | undefined) => (model === undefined ? name : `${name} (${model})`);
  const cast = `agent ${withModel(roles.agent.name, roles.agent.endpoint?.model)}, user ${withModel(roles.user.name, roles.user.endpoint?.model)}`;
  const judge = endpoints.find(({ role }) => role === "judge");
  return [
    `${domain.name} (${data.source} data): ${count(tasks.length, "task")} × ${count(trials, "trial")}, ${concurrency} at a time; ${cast}${judge ? `, judge ${judge.model}` : ""}`,
    ...(roles.keyless && roles.agent.name === "gold"
      ? [
          `No model is named, so the gold agent plays the solutions${roles.solo ? ", alone" : " and a script plays the user"}. Name a model with --agent-llm.`,
        ]
      : []),
  ];
}

function exitCodeFor({ cancelled }: RunOutcome, { coverage }: RunMetrics): number {
  if (cancelled) return exitCodes.interrupted;
  return coverage.graded > 0 ? exitCodes.ok : exitCodes.failed;
}
