import { basename, dirname, join } from "node:path";

/** The files of a run, beside each other. */
export interface RunFiles {
  /** In the reference's form. */
  readonly results: string;
  /** What happened, line by line: everything else can be made from it. */
  readonly log: string;
  /** What the run was made of, to be read by people. */
  readonly record: string;
  /** There while a process works on the run. */
  readonly lock: string;
}

/** Where a run's files are: `run.jsonl` and so on beside `results.json`, `other.run.jsonl` beside `other.json`. */
export function getRunFiles(results: string): RunFiles {
  const stem = basename(results, ".json");
  const at = (suffix: string) => join(dirname(results), `${stem === "results" ? "" : `${stem}.`}run.${suffix}`);
  return { results, log: at("jsonl"), record: at("json"), lock: at("lock") };
}
