import { readFileSync } from "node:fs";
import { isTau2Error, deserializeState, serializeState, type EnvironmentConfig, type EnvironmentState } from "@tau2/domains";
import { decodeText, getErrorMessage } from "@tau2/domains/internal";
import { PRIVATE_FILE } from "@tau2/orchestrator/internal";
import writeFileAtomic from "write-file-atomic";
import { UsageError } from "../errors.ts";

/** Reads the state in a file; null if the file does not exist. @throws UsageError for a file that is not a state of the config. */
export function readState(path: string, setup: EnvironmentConfig): EnvironmentState | null {
  const text = content(path);
  if (text === null) return null;
  try {
    return deserializeState(setup, text);
  } catch (cause) {
    if (!isTau2Error(cause)) throw cause;
    throw new UsageError(`${path} is not used: ${cause.message}`, { cause });
  }
}

/** Writes the state, whole or not at all. */
export function writeState(path: string, setup: EnvironmentConfig, state: EnvironmentState): void {
  const text = serializeState(setup, state, { indent: 2 });
  try {
    writeFileAtomic.sync(path, `${text}\n`, { mode: PRIVATE_FILE });
  } catch (cause) {
    throw new UsageError(`the state cannot be written to ${path}: ${getErrorMessage(cause)}`, { cause });
  }
}

function content(path: string): string | null {
  try {
    return decodeText(readFileSync(path), path);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw new UsageError(`${path} cannot be read: ${getErrorMessage(cause)}`, { cause });
  }
}
