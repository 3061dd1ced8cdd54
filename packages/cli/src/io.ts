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
