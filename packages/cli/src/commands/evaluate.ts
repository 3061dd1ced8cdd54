import { mkdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { getErrorMessage } from "@tau2/domains/internal";
import { readRun } from "@tau2/orchestrator/store";
import { regrade, writeResults, type Regrading, type Results } from "@tau2/orchestrator/results";
import { nlJudge, type NlJudge } from "@tau2/orchestrator/evaluate";
import { openAiModel } from "@tau2/user-sim";
import { getGivenValues, type FlagsOf } from "../config/flags.ts";
import { shortenPath } from "../config/presets.ts";
import type { RunValues } from "../config/run-options.ts";
import { exitCodes } from "../errors.ts";
import type { CliIo } from "../io.ts";
import { expandPaths } from "../results/find-run.ts";
import {
  withFreshTasks,
  findGradingChanges,
  formatGradingChanges,
  type GradingChange,
  loadRunEnvironment,
} from "../results/grading-changes.ts";
import { formatRunHeadline } from "../results/run-differences.ts";
import { resolveRoleEndpoint, createModelOptions } from "../run/endpoint.ts";
import { readText } from "../run/models.ts";
import { computeRunMetrics, type RunMetrics } from "../run/report.ts";
import { getParameters } from "../run/roles.ts";
import { formatMetrics } from "../ui/metrics-lines.ts";
import { createOutput } from "./output.ts";
import { evaluateOptions } from "./results-options.ts";

type Flags = FlagsOf<typeof evaluateOptions> & { readonly json?: boolean };

interface Graded {
  readonly file: string;
  readonly results: Results;
  readonly gradings: readonly Regrading[];
  readonly changes: readonly GradingChange[];
  readonly figures: RunMetrics;
  readonly written: string | null;
}

/** `tau2 evaluate PATH…`: grades stored trajectories again, and changes none of them. */
export async function evaluate(io: CliIo, flags: Flags, ...paths: string[]): Promise<number> {
  const files = await expandPaths(io.cwd, paths);
  const judge = createJudge(flags, io);
  const targets = getTargets(files, flags.output === undefined ? null : resolve(io.cwd, flags.output));
  const result = createOutput(io);
  const graded: Graded[] = [];
  const failed: { file: string; error: string }[] = [];
  for (const file of files) {
    try {
      const one = await gradeFile(io, flags, file, judge, targets.get(file) ?? null);
      graded.push(one);
      if (!flags.json) result.lines(formatLines(one, io, result, files.length > 1));
    } catch (thrown) {
      if (files.length === 1) throw thrown;
      failed.push({ file, error: getErrorMessage(thrown) });
      io.stderr.write(`${shortenPath(file, io.cwd)}: ${getErrorMessage(thrown)}\n`);
    }
  }
  if (flags.json) result.json({ files: graded.map(toDocument), failed });
  const faults = graded.flatMap(({ gradings }) => gradings.filter(({ fault }) => fault !== null));
  return failed.length > 0 || faults.length > 0 ? exitCodes.failed : exitCodes.ok;
}

async function gradeFile(io: CliIo, flags: Flags, file: string, judge: NlJudge | undefined, target: string | null): Promise<Graded> {
  const run = await readRun(file);
  const { results: stored } = run;
  const { environment, notes } = await loadRunEnvironment(io, run, flags);
  const fresh = flags.freshTasks ? withFreshTasks(stored, environment.data) : { results: stored, notes: [] };
  for (const note of [...notes, ...fresh.notes]) io.stderr.write(`${shortenPath(file, io.cwd)}: ${note}\n`);
  const { results, gradings } = await regrade(fresh.results, { environment, strict: !flags.lenient, judge });
  if (target !== null) {
    mkdirSync(dirname(target), { recursive: true });
    await writeResults(target, results, { ascii: false });
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

function createJudge(flags: Flags, { env, cwd }: CliIo): NlJudge | undefined {
  const values = getGivenValues(evaluateOptions, flags) as RunValues;
  if (values.judge_llm === undefined || values.judge_llm === null) return undefined;
  return nlJudge({
    model: openAiModel(createModelOptions(resolveRoleEndpoint("judge", values, env), values.request_timeout)),
    parameters: getParameters(values.judge_llm_args),
    prompt: readText(values.judge_prompt, cwd),
  });
}

/** Output path of each file: `updated_<name>`, preceded by the folder's name where several files have the same name. */
function getTargets(files: readonly string[], directory: string | null): Map<string, string> {
  if (directory === null) return new Map();
  const isAmbiguous = (file: string) => files.filter((other) => basename(other) === basename(file)).length > 1;
  const nameOf = (file: string) => (isAmbiguous(file) ? `${basename(dirname(file))}_${basename(file)}` : basename(file));
  return new Map(files.map((file) => [file, join(directory, `updated_${nameOf(file)}`)]));
}

function formatLines(
  { file, results, gradings, changes, figures, written }: Graded,
  io: CliIo,
  result: ReturnType<typeof createOutput>,
  isOneOfMany: boolean,
): string[] {
  return [
    `${shortenPath(file, io.cwd)}: ${formatRunHeadline(results.info)}`,
    "",
    ...formatGradingChanges(gradings, changes, result),
    "",
    ...formatMetrics(figures, result),
    ...(written === null ? [] : ["", `written to ${shortenPath(written, io.cwd)}`]),
    ...(isOneOfMany ? [""] : []),
  ];
}

function toDocument({ file, changes, figures, gradings, written }: Graded): object {
  return { results_file: file, written_to: written, gradings, changes, ...figures };
}
