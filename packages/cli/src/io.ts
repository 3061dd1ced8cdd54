import type { CommandContext, StricliProcess } from "@stricli/core";

/** Where text goes: a stream of Node, or anything that can take text. */
export interface Output {
  write(text: string): unknown;
  /** Whether it is a terminal, where lines can be drawn again. */
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal in columns. */
  readonly columns?: number | undefined;
}

/** The outside world of the command line. Tests bring their own. */
export interface CliIo {
  /** Results, and nothing else: tables, or with `--json` one JSON document. */
  readonly stdout: Output;
  /** Everything said on the way: progress, notes, errors. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The directory that paths are relative to. */
  readonly cwd: string;
  /** Calls the handler when the person asks to stop (Ctrl-C). Returns what takes it off again. Left out: nobody asks. */
  onInterrupt?(handler: () => void): () => void;
}

/** What a command runs in. */
export interface CliContext extends CommandContext {
  readonly process: StricliProcess;
  readonly io: CliIo;
}

/** A command's work: returns its exit code, 0 when it returns nothing. What it throws is shown by `guarded`. */
export type CommandWork<Flags, Args extends readonly unknown[]> = (
  io: CliIo,
  flags: Flags,
  ...args: Args
) => Promise<number | void> | number | void;

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
