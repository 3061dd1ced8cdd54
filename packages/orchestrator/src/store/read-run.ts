import { readFileSync, statSync } from "node:fs";
import { isTau2Error, type JsonObject } from "@tau2/domains";
import { redactSettings } from "@tau2/domains/internal";
import { z } from "zod";
import { locateResults, readResults, type ReadOptions } from "../results/read-results.ts";
import type { Results } from "../results/results.ts";
import type { RunIdentity } from "./run-identity.ts";
import { getRunFiles, readRunHistory, toResults } from "./run-log.ts";

/** Stored results of a run, as far as it went. */
export interface StoredRun {
  results: Results;
  /** The results file. */
  file: string;
  /** True if the log has more than the results file, as after a crash, and was read in its place. */
  fromLog: boolean;
  /** Settings that its results depend on; null for runs of other programs. */
  identity: RunIdentity | null;
  /** Data of the program that ran; empty for runs of other programs. */
  config: JsonObject;
}

/**
 * Reads a run by its folder or its results file in any layout, also while it is running. Reads the log where that is newer than the results
 * file or this is cut short, and ignores a last line of it that a crash cut off.
 *
 * @example
 * ```ts no-run
 * import { computeMetrics } from "@tau2/orchestrator/metrics";
 * import { readRun } from "@tau2/orchestrator/store";
 *
 * const { results } = await readRun("data/simulations/first");
 * console.log(computeMetrics(results.simulations, results.info).pass_hat_ks);
 * ```
 *
 * @param options as of `readResults`
 * @throws Tau2Error `not_found` if the run does not exist, `invalid` if its results or its log are something else, `unsupported` for a log of a newer
 * version of tau2 and for simulations with speech
 */
export async function readRun(path: string, options: ReadOptions = {}): Promise<StoredRun> {
  const { file } = locateResults(path);
  const { log, record } = getRunFiles(file);
  const known = readRecord(record);
  const fault = getTime(log) > getTime(file) ? null : readOrFault(path, options);
  if (fault !== null && !(fault instanceof Error)) return { results: fault, file, fromLog: false, ...known };
  const history = await readRunHistory(log);
  if (history) {
    const { identity, config } = history.sessions.at(-1)!;
    return { results: toResults(history), file, fromLog: true, identity, config };
  }
  if (fault) throw fault;
  return { results: readResults(path, options), file, fromLog: false, ...known };
}

function readOrFault(path: string, options: ReadOptions): Results | Error {
  try {
    return readResults(path, options);
  } catch (thrown) {
    if (isTau2Error(thrown)) return thrown;
    throw thrown;
  }
}

/** 0 for a file that is not there. */
function getTime(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

const recordSchema = z.object({ identity: z.looseObject({ domain: z.string() }), config: z.record(z.string(), z.json()) });

/** Reads the record; an unreadable one does not prevent reading the results. */
function readRecord(path: string): Pick<StoredRun, "identity" | "config"> {
  try {
    const { identity, config } = redactSettings(recordSchema.parse(JSON.parse(readFileSync(path, "utf8"))));
    return { identity: identity as unknown as RunIdentity, config };
  } catch {
    return { identity: null, config: {} };
  }
}
