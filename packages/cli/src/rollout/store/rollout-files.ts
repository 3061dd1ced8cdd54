import { join } from "node:path";

/** The files of a run, in its folder. */
export interface RolloutFiles {
  /** What happened, line by line: everything else can be made from it. */
  readonly log: string;
  /** The figures of each batch and evaluation, one JSON object a line. */
  readonly metrics: string;
  /** All options with where each comes from. */
  readonly config: string;
  /** There while a process works on the run. */
  readonly lock: string;
}

/** Where a run's files are. */
export function rolloutFiles(folder: string): RolloutFiles {
  return {
    log: join(folder, "rollouts.jsonl"),
    metrics: join(folder, "metrics.jsonl"),
    config: join(folder, "config.json"),
    lock: join(folder, "run.lock"),
  };
}
