import { runSimulations, type RunOutcome } from "@tau2/orchestrator";
import { compose } from "../config/compose.ts";
import { givenValues, type FlagsOf } from "../config/flags.ts";
import { shortPath } from "../config/presets.ts";
import { runOptions } from "../config/run-options.ts";
import { exitCodes } from "../exit-codes.ts";
import type { CliIo } from "../io.ts";
import { preflight } from "../run/preflight.ts";
import { prepareRun, type PreparedRun } from "../run/prepare.ts";
import { figuresOf, jsonReport, type RunFigures } from "../run/report.ts";
import { openResultsFile, type ResultsFile } from "../run/results-file.ts";
import { metricsLines } from "../ui/metrics-lines.ts";
import { progressFor } from "../ui/progress-for.ts";
import type { Progress } from "../ui/progress.ts";
import { runTable } from "../ui/run-table.ts";
import { count } from "../ui/text.ts";
import { resultOf } from "./output.ts";

type Flags = FlagsOf<typeof runOptions> & { readonly config?: readonly string[]; readonly json?: boolean };

/** `tau2 run` */
export async function run(io: CliIo, flags: Flags): Promise<number> {
  const composed = compose({ options: runOptions, configs: flags.config ?? [], given: givenValues(runOptions, flags), cwd: io.cwd });
  const prepared = await prepareRun(composed, io, new Date());
  await preflight(prepared.endpoints);
  const file = await openResultsFile(prepared.path, prepared.header);
  const progress = progressFor(io);
  for (const line of [...headline(prepared), ...prepared.notes]) progress.note(line);
  const outcome = await play(prepared, file, progress, io);
  const results = await file.close();
  const figures = figuresOf(results);
  const result = resultOf(io);
  if (flags.json) result.json(jsonReport(prepared.name, prepared.path, results, figures, outcome.cancelled));
  else {
    const path = shortPath(prepared.path, io.cwd);
    result.lines([...runTable(results.simulations, results.tasks, result), "", ...metricsLines(figures, result), "", `results in ${path}`]);
  }
  return exitCodeFor(outcome, figures);
}

async function play({ options }: PreparedRun, file: ResultsFile, progress: Progress, io: CliIo): Promise<RunOutcome> {
  const stop = new AbortController();
  const release = io.onInterrupt?.(() => {
    // A second Ctrl-C finds nobody who listens, and ends the process at once.
    release?.();
    progress.note("Stopping. What is finished is stored; press Ctrl-C once more to leave at once.");
    stop.abort(new Error("interrupted"));
  });
  try {
    return await runSimulations({
      ...options,
      signal: stop.signal,
      onEvent: (event) => progress.event(event),
      onHeld: (simulation) => file.put(simulation),
      onDone: (simulation) => file.put(simulation),
    });
  } catch (thrown) {
    await file.close().catch(() => undefined);
    throw thrown;
  } finally {
    release?.();
    progress.stop();
  }
}

/** Who plays what, in a line or two. */
function headline({ roles, domain, data, options, endpoints }: PreparedRun): string[] {
  const { tasks, trials, concurrency = 3 } = options;
  const withModel = (name: string, model: string | undefined) => (model === undefined ? name : `${name} (${model})`);
  const cast = `agent ${withModel(roles.agent.name, roles.agent.endpoint?.model)}, user ${withModel(roles.user.name, roles.user.endpoint?.model)}`;
  const judge = endpoints.find(({ role }) => role === "judge");
  return [
    `${domain.name} (${data.source} data): ${count(tasks.length, "task")} × ${count(trials, "trial")}, ${concurrency} at a time; ${cast}${judge ? `, judge ${judge.model}` : ""}`,
    ...(roles.keyless && roles.agent.name === "gold"
      ? ["No model is named, so the gold agent plays the solutions and a script plays the user. Name a model with --agent-llm."]
      : []),
  ];
}

function exitCodeFor({ cancelled }: RunOutcome, { coverage }: RunFigures): number {
  if (cancelled) return exitCodes.interrupted;
  return coverage.graded > 0 ? exitCodes.ok : exitCodes.failed;
}
