import { basename, dirname, join } from "node:path";
import { nlJudge, type NlJudge } from "@tau2/orchestrator/evaluate";
import { regrade, writeResults, type Results } from "@tau2/orchestrator/results";
import { listRemovedSecrets, type Regrading } from "@tau2/orchestrator/internal";
import { readRun } from "@tau2/orchestrator/store";
import { openAiModel } from "@tau2/user-sim";
import { shortenPath } from "../config/config-files.ts";
import type { RunValues } from "../config/tables/run-options.ts";
import type { CliIo } from "../io.ts";
import { createModelOptions, type EndpointValues, type RequestLimits, resolveRoleEndpoint } from "../config/endpoint.ts";
import { formatMetrics } from "../run/format-metrics.ts";
import { readText } from "../run/models.ts";
import { computeRunMetrics, type RunMetrics } from "../run/run-metrics.ts";
import type { TableStyle } from "../ui/table.ts";
import { findGradingChanges, formatGradingChanges, type GradingChange } from "./grading-changes.ts";
import { loadRunEnvironment, withFreshTasks } from "./load-run-environment.ts";
import { noteRemovedSecrets } from "./removed-secrets.ts";
import { formatRunHeadline } from "../run/format-run.ts";

/** A results file, graded again. */
export interface GradedFile {
  readonly file: string;
  readonly results: Results;
  readonly gradings: readonly Regrading[];
  readonly changes: readonly GradingChange[];
  readonly figures: RunMetrics;
  readonly written: string | null;
}

/** Options of a second grading. */
export interface GradeOptions {
  /** The domain and the data directory in place of the run's own. */
  readonly domain?: string;
  readonly data?: string;
  /** True for the tasks of the domain's data, not those stored with the run. */
  readonly freshTasks?: boolean;
  /** True to ignore tools that no longer answer as recorded. */
  readonly lenient?: boolean;
  readonly judge: NlJudge | undefined;
  /** Path of the new results; null writes none. */
  readonly target: string | null;
}

/** Grades the simulations of a results file again; the file stays as it is. */
export async function gradeFile(io: CliIo, file: string, options: GradeOptions): Promise<GradedFile> {
  const { freshTasks, lenient, judge, target } = options;
  const run = await readRun(file);
  const { results: stored } = run;
  const { environment, notes } = await loadRunEnvironment(io, run, options);
  const fresh = freshTasks ? withFreshTasks(stored, environment.data) : { results: stored, notes: [] };
  for (const note of [...notes, ...fresh.notes]) io.stderr.write(`${shortenPath(file, io.cwd)}: ${note}\n`);
  const { results, gradings } = await regrade(fresh.results, { environment, strict: !lenient, judge });
  if (target !== null) {
    await writeResults(target, results, { ascii: false });
    noteRemovedSecrets(io, shortenPath(target, io.cwd), listRemovedSecrets(results));
  }
  return {
    file,
    results,
    gradings,
    changes: findGradingChanges(stored, results, gradings),
    figures: computeRunMetrics(results),
    written: target,
  };
}

/** Options of the judge of {@link createRegradeJudge}. */
export type RegradeJudgeValues = EndpointValues & Pick<RunValues, "judge_prompt" | keyof RequestLimits>;

/** Creates the judge of natural-language assertions; undefined keeps the recorded verdicts. */
export function createRegradeJudge(values: RegradeJudgeValues, { env, cwd }: CliIo): NlJudge | undefined {
  if (values.judge_llm === undefined || values.judge_llm === null) return undefined;
  const endpoint = resolveRoleEndpoint("judge", values, env);
  return nlJudge({
    model: openAiModel(createModelOptions(endpoint, values)),
    parameters: endpoint.parameters ?? undefined,
    prompt: readText(values.judge_prompt, cwd),
  });
}

/** Returns the output path of each file: `updated_<name>`, preceded by the folder's name where several files have the same name. */
export function getGradeTargets(files: readonly string[], directory: string | null): Map<string, string> {
  if (directory === null) return new Map();
  const isAmbiguous = (file: string) => files.filter((other) => basename(other) === basename(file)).length > 1;
  const nameOf = (file: string) => (isAmbiguous(file) ? `${basename(dirname(file))}_${basename(file)}` : basename(file));
  return new Map(files.map((file) => [file, join(directory, `updated_${nameOf(file)}`)]));
}

/** Formats the changed grades of a file, and its metrics. */
export function formatGradedFile(
  { file, results, gradings, changes, figures, written }: GradedFile,
  cwd: string,
  style: TableStyle,
): string[] {
  return [
    `${shortenPath(file, cwd)}: ${formatRunHeadline(results.info)}`,
    "",
    ...formatGradingChanges(gradings, changes, style),
    "",
    ...formatMetrics(figures, style),
    ...(written === null ? [] : ["", `written to ${shortenPath(written, cwd)}`]),
  ];
}

/** Creates the document of a file for programs. */
export function createGradedDocument({ file, changes, figures, gradings, written }: GradedFile): object {
  return { results_file: file, written_to: written, gradings, changes, ...figures };
}
