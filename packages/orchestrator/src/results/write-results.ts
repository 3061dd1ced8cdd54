import { pyJsonDumps, redactText } from "@tau2/domains/internal";
import {
  type JsonDialect,
  resultsFields,
  simulationLayout,
  pydanticDialect,
  pythonDialect,
  formatLayout,
  formatAt,
  record,
} from "./file-layout.ts";
import type { Results, SimulationRun } from "./results.ts";
import { fdatasync, fsync } from "node:fs";
import { type FileHandle, mkdir, open, rename, stat, unlink } from "node:fs/promises";
import { promisify } from "node:util";
import { dirname } from "node:path";

/** Formats a results file: all keys in tau2-bench's order, non-ASCII escaped, floats as floats, without a final newline (docs/spec/core.md#1-5). */
export function formatResults(results: Results): string {
  return [...getResultsParts(results, pythonDialect)].join("");
}

/** Yields the same text in parts, no simulation beside another in one of them: all together may be longer than a string can be. */
function* getResultsParts(results: Results, dialect: JsonDialect): Generator<string> {
  let before = "{\n";
  for (const [key, layout] of Object.entries(resultsFields)) {
    yield `${before}  ${pyJsonDumps(key)}: `;
    before = ",\n";
    if (key === "simulations" && results.simulations.length > 0) yield* getSimulationParts(results.simulations, dialect);
    else yield formatAt("  ", layout, results[key as keyof Results], dialect);
  }
  yield "\n}";
}

function* getSimulationParts(simulations: readonly SimulationRun[], dialect: JsonDialect): Generator<string> {
  let before = "[\n";
  for (const simulation of simulations) {
    yield `${before}    ${formatAt("    ", simulationLayout, simulation, dialect)}`;
    before = ",\n";
  }
  yield "\n  ]";
}

/** Formats one simulation as the directory layout stores it: the same keys, in UTF-8. */
export function formatSimulation(simulation: SimulationRun): string {
  return formatLayout(simulationLayout, simulation, pydanticDialect);
}

/** Formats the file in the directory layout that names the simulations beside it. */
export function formatDirectoryIndex({ timestamp, info, tasks, simulation_index }: Omit<Results, "simulations">): string {
  const { simulations: _, ...fields } = resultsFields;
  return formatLayout(record(fields), { timestamp, info, tasks, simulation_index });
}

const [syncAll, syncData] = [promisify(fsync), promisify(fdatasync)];

/** Waits until a file is on the disk. By its descriptor: with Yarn PnP the methods `sync` and `datasync` of handles throw. */
export function syncFile({ fd }: Pick<FileHandle, "fd">, { dataOnly = false } = {}): Promise<void> {
  return dataOnly ? syncData(fd) : syncAll(fd);
}

/** Mode of a new file that only its owner can read. */
export const PRIVATE_FILE = 0o600;

/** Creates a folder, and those above it, that only their owner can enter. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

/**
 * Writes a file from its parts, whole or not at all: a concurrent reader sees the old file or the new one, and neither a crash
 * nor a full disk leaves half of one. Folders are made. Only the user can read a new file, since it may hold customers' data; an old one keeps
 * its mode. Secrets of the process are left out, as long as a part holds them whole.
 */
export async function writeFileAtomic(path: string, parts: Iterable<string>): Promise<void> {
  await makePrivateFolder(dirname(path));
  const temporary = `${path}.tmp`;
  const old = await stat(path).catch(() => null);
  const handle = await open(temporary, "w", old ? old.mode & 0o777 : PRIVATE_FILE);
  try {
    // One by one: with Yarn PnP a file does not accept an iterable.
    for (const part of parts) await handle.appendFile(redactText(part));
    await syncFile(handle);
  } catch (error) {
    await handle.close();
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await handle.close();
  await rename(temporary, path);
}

/** Returns whether a file holds exactly the text of results. Compares part by part, since the whole may be longer than a string can be. */
export async function holdsResults(path: string, results: Results): Promise<boolean> {
  const handle = await open(path);
  try {
    let position = 0;
    for (const part of getResultsParts(results, pythonDialect)) {
      const expected = Buffer.from(redactText(part));
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(expected.length), 0, expected.length, position);
      if (bytesRead !== expected.length || !buffer.equals(expected)) return false;
      position += bytesRead;
    }
    return (await handle.stat()).size === position;
  } finally {
    await handle.close();
  }
}

/**
 * Writes a results file in tau2-bench's one-file form. Folders are made. A concurrent reader sees the old file or the new
 * one, never half of one, and neither a crash nor a full disk leaves half of one.
 * @param options `ascii`: true escapes other characters, as tau2-bench's files of runs do; false writes UTF-8, as its `convert-results` and
 * `evaluate-trajs` do (docs/spec/core.md#1-5). Default: true
 */
export async function writeResults(path: string, results: Results, { ascii = true } = {}): Promise<void> {
  await writeFileAtomic(path, getResultsParts(results, ascii ? pythonDialect : pydanticDialect));
}
