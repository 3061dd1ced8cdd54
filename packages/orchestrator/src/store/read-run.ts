import { readFileSync, statSync } from "node:fs";
import { isTau2Error, type JsonObject } from "@tau2/domains";
import { z } from "zod";
import { locateResults, readResults } from "../results/read-results.ts";
import type { Results } from "../results/results.ts";
import { readRunHistory, resultsOf } from "./run-history.ts";
import { getRunFiles } from "./run-files.ts";
import type { RunIdentity } from "./run-identity.ts";

/** A stored run, as far as it went. */
export interface StoredRun {
  results: Results;
  /** The results file. */
  file: string;
  /** Whether the log has more than the results file, as after a crash, and was read in its place. */
  fromLog: boolean;
  /** What its results depend on; null for runs of other programs. */
  identity: RunIdentity | null;
  /** What the program that ran was told; empty for runs of other programs. */
  config: JsonObject;
}

/**
 * Reads a run by its directory or its results file, in any layout. Where the log was written to later than the results file, or this is cut
 * short, the log is read.
 * @throws Tau2Error as `readResults` and `readRunHistory` do
 */
export async function readRun(path: string): Promise<StoredRun> {
  const { file } = locateResults(path);
  const { log, record } = getRunFiles(file);
  const known = readRecord(record);
  const fault = timeOf(log) > timeOf(file) ? null : readOrFault(path);
  if (fault !== null && !(fault instanceof Error)) return { results: fault, file, fromLog: false, ...known };
  const history = await readRunHistory(log);
  if (history) {
    const { identity, config } = history.sessions.at(-1)!;
    return { results: resultsOf(history), file, fromLog: true, identity, config };
  }
  if (fault) throw fault;
  return { results: readResults(path), file, fromLog: false, ...known };
}

function readOrFault(path: string): Results | Error {
  try {
    return readResults(path);
  } catch (thrown) {
    if (isTau2Error(thrown)) return thrown;
    throw thrown;
  }
}

/** 0 for a file that is not there. */
function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

const recordSchema = z.object({ identity: z.looseObject({ domain: z.string() }), config: z.record(z.string(), z.json()) });

/** A record that cannot be read is no reason not to read the results. */
function readRecord(path: string): Pick<StoredRun, "identity" | "config"> {
  try {
    const { identity, config } = recordSchema.parse(JSON.parse(readFileSync(path, "utf8")));
    return { identity: identity as unknown as RunIdentity, config };
  } catch {
    return { identity: null, config: {} };
  }
}
