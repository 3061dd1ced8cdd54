import { isSecretName, redactText, registerSecret } from "@tau2/domains/internal";
import { existsSync } from "node:fs";
import type { CommandContext, StricliProcess } from "@stricli/core";

/** Target of text: a stream of Node, or any object with `write`. */
export interface Output {
  write(text: string): unknown;
  /** True for a terminal, where lines can be drawn again. */
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
  /** Registers a handler for Ctrl-C and returns a function that removes it. Without it, interruptions are not handled. */
  onInterrupt?(handler: () => void): () => void;
}

/**
 * Returns the outside world of a command whose output does not contain secrets: neither keys of models nor variables of the environment that
 * are named like one.
 */
export function withoutSecrets(io: CliIo): CliIo {
  for (const [name, value] of Object.entries(io.env)) {
    // Files and folders, such as those of `PWD` and `GOOGLE_APPLICATION_CREDENTIALS`, are not secrets.
    if (value !== undefined && isSecretName(name) && !existsSync(value)) registerSecret(value);
  }
  return { ...io, stdout: redactOutput(io.stdout), stderr: redactOutput(io.stderr) };
}

function redactOutput(output: Output): Output {
  return {
    write: (text) => output.write(redactText(text)),
    get isTTY() {
      return output.isTTY;
    },
    get columns() {
      return output.columns;
    },
  };
}

/** Context of a command. */
export interface CliContext extends CommandContext {
  readonly process: StricliProcess;
  readonly io: CliIo;
}

/** The wish of a person to stop. */
export interface Interruption {
  /** Fires at the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Listens no more. */
  release(): void;
}

/** Listens for Ctrl-C during work that stores its progress. @param note shows the person the consequence */
export function listenForInterruption(io: CliIo, note: (text: string) => void): Interruption {
  const stop = new AbortController();
  const release = io.onInterrupt?.(() => {
    // The second Ctrl-C finds no listener, so the process ends immediately.
    release?.();
    note("Stopping. Finished work is stored; press Ctrl-C again to stop immediately.");
    stop.abort(new Error("interrupted"));
  });
  return { signal: stop.signal, release: () => release?.() };
}

/** Waits for Ctrl-C, for work that ends in no other way. Without `onInterrupt` it waits forever. */
export async function waitForInterruption(io: Pick<CliIo, "onInterrupt">): Promise<void> {
  await new Promise<void>((done) => {
    const release = io.onInterrupt?.(() => {
      // The second Ctrl-C finds no listener, so the process ends immediately.
      release?.();
      done();
    });
  });
}
