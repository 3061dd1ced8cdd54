import { existsSync } from "node:fs";
import { copyFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Tau2Error } from "@tau2/domains";
import { locateResults, readResults, type ResultsFormat } from "./read-results.ts";
import { listRemovedSecrets, type IndexEntry, type Results, type SimulationRun } from "./results.ts";
import { formatDirectoryIndex, formatSimulation, makePrivateFolder, writeResults, writeFileAtomic } from "./write-results.ts";

/** Outcome of a conversion. */
export interface Conversion {
  from: ResultsFormat;
  to: ResultsFormat;
  /** Number of simulations. */
  simulations: number;
  /** Copies of the old files. */
  backups: string[];
  /** Parameters of models whose values are left out of the new files because they look like secrets. */
  redacted: string[];
}

/**
 * Brings stored results into the other layout, in their place (docs/spec/core.md#12): `json` is one file, `dir` has a file for each simulation.
 * At every moment of it there is something that reads as the whole results.
 * @param to by default the layout that they are not in; when they are in this one nothing is done, and `from` equals `to`
 * @param options `backup`: true keeps copies of the old files, with `.bak` behind their names; default true
 * @throws Tau2Error as `readResults` does
 */
export async function convertResults(path: string, to?: ResultsFormat, { backup = true } = {}): Promise<Conversion> {
  const { file, simulations: folder } = locateResults(path);
  const from: ResultsFormat = folder === null ? "json" : "dir";
  const wanted = to ?? (from === "json" ? "dir" : "json");
  const results = readResults(path);
  const createConversion = (backups: string[]): Conversion => ({
    from,
    to: wanted,
    simulations: results.simulations.length,
    backups,
    redacted: listRemovedSecrets(results),
  });
  if (wanted === from) return createConversion([]);
  const backups: string[] = [];
  if (backup) {
    await copyFile(file, `${file}.bak`);
    backups.push(`${file}.bak`);
  }
  if (folder === null) {
    await writeDirectory(file, results);
    return createConversion(backups);
  }
  await writeResults(file, results, { ascii: false });
  await rm(`${folder}.bak`, { recursive: true, force: true });
  await rename(folder, `${folder}.bak`);
  if (backup) backups.push(`${folder}.bak`);
  else await rm(`${folder}.bak`, { recursive: true });
  return createConversion(backups);
}

/**
 * Writes results in tau2-bench's directory layout: `file` names the simulations, which are in a folder `simulations` beside it.
 * @throws Tau2Error `invalid` when a simulation's id cannot be the name of a file, or there is such a folder already
 */
export async function writeDirectory(file: string, results: Results): Promise<void> {
  const folder = join(dirname(file), "simulations");
  if (existsSync(folder)) throw new Tau2Error("invalid", `${folder} is there already`);
  const unsuitable = results.simulations.find(({ id }) => !/^[^/\\:\0]+$/.test(id) || id.startsWith("."));
  if (unsuitable) throw new Tau2Error("invalid", `simulation id ${JSON.stringify(unsuitable.id)} cannot be the name of a file`);
  const temporary = `${folder}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await makePrivateFolder(temporary);
  for (const simulation of results.simulations) {
    await writeFileAtomic(join(temporary, `${simulation.id}.json`), [formatSimulation(simulation)]);
  }
  const { timestamp, info, tasks } = results;
  const index = formatDirectoryIndex({ timestamp, info, tasks, simulation_index: createIndex(results.simulations) });
  // Until the next line the file holds everything; after it, the folder does.
  await rename(temporary, folder);
  await writeFileAtomic(file, [index]);
}

function createIndex(simulations: readonly SimulationRun[]): IndexEntry[] {
  return simulations.map(({ id, task_id, trial, reward_info, termination_reason, agent_cost, duration }) => ({
    id,
    task_id,
    trial,
    reward: reward_info?.reward ?? null,
    termination_reason,
    agent_cost,
    duration,
  }));
}
