import { basename, dirname, join } from "node:path";

/** The files of a run, beside each other. */
export interface RunFiles {
  /** In tau2-bench's form. */
  readonly results: string;
  /** Log of events, line by line: everything else can be made from it. */
  readonly log: string;
  /** Settings of the run, for people. */
  readonly record: string;
  /** There while a process works on the run. */
  readonly lock: string;
}

/** Returns the paths of a run's files: `run.jsonl` and so on beside `results.json`, `other.run.jsonl` beside `other.json`. */
export function getRunFiles(results: string): RunFiles {
  const stem = basename(results, ".json");
  const at = (suffix: string) => join(dirname(results), `${stem === "results" ? "" : `${stem}.`}run.${suffix}`);
  return { results, log: at("jsonl"), record: at("json"), lock: at("lock") };
}
