import type { Results } from "../results/results.ts";
import { writeResults } from "../results/write-results.ts";

/** Keeps a results file up to date while its run goes on. */
export interface ResultsCheckpoints {
  /** Writes what there is now. @throws when it cannot be written */
  write(): Promise<void>;
  /** Says that there is something new. */
  touch(): void;
  /** Writes what there is at last. @throws when it cannot be written */
  close(): Promise<void>;
}

/** How much longer than the last writing took it is waited before the next: a large file must not slow its run down. */
const REST_FACTOR = 10;
const SHORTEST_REST_MS = 1000;

/**
 * Writes a results file again and again, less often the longer it takes. A file that cannot be written is no reason to stop: the log has
 * everything, and `close` says what is wrong.
 */
export function resultsCheckpoints(path: string, results: () => Results): ResultsCheckpoints {
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let rest = SHORTEST_REST_MS;

  const write = async () => {
    const started = performance.now();
    await writeResults(path, results());
    rest = Math.max(SHORTEST_REST_MS, (performance.now() - started) * REST_FACTOR);
  };
  const checkpoint = () => {
    writing = write()
      .catch(() => undefined)
      .finally(() => (timer = undefined));
  };
  return {
    write,
    touch() {
      timer ??= setTimeout(checkpoint, rest);
    },
    async close() {
      clearTimeout(timer);
      await writing;
      await write();
    },
  };
}
