import type { CliIo } from "./io.ts";

/** The wish of a person to stop. */
export interface Interruption {
  /** Fires at the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Listens no more. */
  release(): void;
}

/** Listens for Ctrl-C while something that stores what it has finished goes on. @param note shows the person what happens then */
export function listenForInterruption(io: CliIo, note: (text: string) => void): Interruption {
  const stop = new AbortController();
  const release = io.onInterrupt?.(() => {
    // A second Ctrl-C finds nobody who listens, and ends the process at once.
    release?.();
    note("Stopping. What is finished is stored; press Ctrl-C once more to leave at once.");
    stop.abort(new Error("interrupted"));
  });
  return { signal: stop.signal, release: () => release?.() };
}
