import { closeSync, constants, openSync, readFileSync, readSync, statSync } from "node:fs";
import { parseEnv } from "node:util";
import { decodeText, getErrorMessage } from "@tau2/domains/internal";

/** Time in milliseconds that the program behind a pipe has for its first byte. */
const PIPE_TIMEOUT_MS = 5000;

/** Content of a `.env` file. */
export interface EnvFile {
  readonly values: Readonly<Record<string, string>>;
  /** Reason why it could not be read, for people; null if it was read or does not exist. */
  readonly problem: string | null;
}

/**
 * Reads a `.env` file, or a pipe of that name, in which secret managers offer one. Never throws: a command that does not use
 * a key works without it.
 */
export function readEnvFile(path: string, { timeoutMs = PIPE_TIMEOUT_MS }: { timeoutMs?: number | undefined } = {}): EnvFile {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    // A folder named .env is a Python environment.
    if (!stat || stat.isDirectory()) return { values: {}, problem: null };
    const bytes = stat.isFIFO() ? readPipe(path, timeoutMs) : readFileSync(path);
    return { values: parseEnv(decodeText(bytes, path)) as Record<string, string>, problem: null };
  } catch (cause) {
    return { values: {}, problem: `${path} is not used: ${getErrorMessage(cause)}` };
  }
}

/** Reads a pipe to its end. Opened without blocking, so that a pipe without a writer does not stop the command forever. */
function readPipe(path: string, timeoutMs: number): Buffer {
  const pipe = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const chunks: Buffer[] = [];
  const chunk = Buffer.alloc(1 << 16);
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const deadline = performance.now() + timeoutMs;
  try {
    for (;;) {
      const size = readAvailable(pipe, chunk);
      if (size === 0 && chunks.length > 0) return Buffer.concat(chunks);
      if (size !== null && size > 0) chunks.push(Buffer.from(chunk.subarray(0, size)));
      else if (performance.now() > deadline) throw new Error("nothing was written to the pipe");
      else Atomics.wait(pause, 0, 0, 10);
    }
  } finally {
    closeSync(pipe);
  }
}

/** Reads the bytes at hand: 0 without a writer, null if the writer has not written yet. */
function readAvailable(pipe: number, chunk: Buffer): number | null {
  try {
    return readSync(pipe, chunk);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "EAGAIN") return null;
    throw thrown;
  }
}
