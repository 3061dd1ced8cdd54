import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import {
  compareCodePoints,
  decodeText,
  keepNumberKinds,
  parseJson,
  isRecord,
  locateJsonError,
  getErrorMessage,
  parseData,
} from "@tau2/domains/internal";
import { type Message, Tau2Error } from "@tau2/domains";
import type { z } from "zod";
import { readJsonElements } from "./json-elements.ts";
import { type Results, resultsSchema, type SimulationRun, simulationRunSchema } from "./results.ts";

/**
 * Reads what a run left: a results file, or a directory with `results.json` and one file a simulation under `simulations/`. Either the
 * directory or the file in it may be named. Writing the results again gives the same bytes, but for unknown keys and for
 * secrets: values of keys such as `api_key` among the parameters of models are redacted.
 * @param options `forMetrics`: leaves out what metrics do not need, such as the texts of messages, so that a run of any size fits into memory
 * @throws Tau2Error `not_found` when there is nothing, `invalid` for a file cut short, of another form or not complete, `unsupported` for
 * simulations with speech.
 * @example
 * ```ts no-run
 * import { computeMetrics } from "@tau2/orchestrator/metrics";
 * import { readResults } from "@tau2/orchestrator/results";
 *
 * const { simulations, info } = readResults("data/simulations/first", { forMetrics: true });
 * console.log(computeMetrics(simulations, info).avg_reward);
 * ```
 */
export function readResults(path: string, { forMetrics = false }: ReadOptions = {}): Results {
  const { file, simulations } = locateResults(path);
  const keep = forMetrics ? withoutTexts : (simulation: SimulationRun) => simulation;
  if (simulations !== null) return readDirectory(file, simulations, keep);
  if (getSize(file) > LARGE) return readLargeFile(file, keep);
  const results = parseResults(readText(file), file);
  return forMetrics ? { ...results, simulations: results.simulations.map(keep) } : results;
}

/** Options of {@link readResults}. */
export interface ReadOptions {
  forMetrics?: boolean | undefined;
}

/** Bytes of a file that is read in parts: its text would come near the length that a string can have, 512 MiB. */
const LARGE = 1 << 28;

/** Reads a one-file form of any size, one simulation after the other. */
export function readLargeFile(file: string, keep: (simulation: SimulationRun) => SimulationRun = (simulation) => simulation): Results {
  const elements = readJsonElements(file, "simulations");
  const simulations: SimulationRun[] = [];
  let next = elements.next();
  for (; !next.done; next = elements.next()) {
    const what = `${file}, simulation ${simulations.length + 1}`;
    simulations.push(keep(checkContent(simulationRunSchema, parseText(decodeText(next.value, what), what), what)));
  }
  return { ...parseResults(decodeText(next.value, file), file), simulations };
}

/** Returns a simulation without its texts. Metrics read rewards, ends, costs and the usage of messages. */
function withoutTexts({ messages, ...simulation }: SimulationRun): SimulationRun {
  const measured = messages?.map((message): Message => {
    if (message.role === "tool") return { ...message, content: "" };
    if (message.role === "system") return { ...message, content: "" };
    return { ...message, content: null, tool_calls: null, raw_data: null };
  });
  return { ...simulation, policy: null, messages: measured ?? null };
}

/** Layout of results: all in one file, or a file for each simulation. */
export type ResultsFormat = "json" | "dir";

/** Paths of the parts of stored results (docs/spec/core.md#1-5). */
export interface ResultsLocation {
  file: string;
  /** The folder of the simulations; null in the one-file form. */
  simulations: string | null;
}

/** Locates stored results that are named by their directory, or by the file in it. */
export function locateResults(path: string): ResultsLocation {
  const file = getKind(path) === "directory" ? join(path, "results.json") : path;
  const simulations = join(dirname(file), "simulations");
  return { file, simulations: getKind(simulations) === "directory" ? simulations : null };
}

/** Parses the text of a results file. @throws Tau2Error as {@link readResults} does */
export function parseResults(text: string, what = "results"): Results {
  return checkContent(resultsSchema, parseText(text, what), what);
}

function readDirectory(file: string, directory: string, keep: (simulation: SimulationRun) => SimulationRun): Results {
  const names = readdirSync(directory).filter((name) => name.endsWith(".json"));
  names.sort(compareCodePoints);
  const results = parseResults(readText(file), file);
  const indexed = results.simulation_index?.map(({ id }) => id);
  const present = names.map((name) => basename(name, ".json"));
  if (indexed) checkIndex(dirname(file), indexed, present);
  const simulations = names.map((name) => {
    const path = join(directory, name);
    return keep(checkContent(simulationRunSchema, parseText(readText(path), path), path));
  });
  return { ...results, simulations };
}

function checkIndex(path: string, indexed: readonly string[], present: readonly string[]): void {
  const missing = indexed.filter((id) => !present.includes(id)).toSorted();
  const extra = present.filter((id) => !indexed.includes(id)).toSorted();
  const parts = [
    ...(missing.length > 0 ? [`Missing simulation files: ${JSON.stringify(missing)}`] : []),
    ...(extra.length > 0 ? [`Extra simulation files not in index: ${JSON.stringify(extra)}`] : []),
  ];
  if (parts.length > 0) throw new Tau2Error("invalid", `Dir format integrity check failed for ${path}: ${parts.join("; ")}`);
}

function checkContent<T>(schema: z.ZodType<T>, content: unknown, what: string): T {
  refuseSpeech(content, what);
  const value = parseData(schema, content, what);
  keepNumberKinds(content, value);
  return value;
}

/** The mode of simulations in which people write to each other. */
const TEXT = "half_duplex";

/** Fields of a simulation and of the run's settings that hold a value only with speech. Older files lack the mode. */
const speechFields = ["ticks", "speech_environment", "effect_timeline", "speech_complexity", "audio_native_config"];

function refuseSpeech(content: unknown, what: string): void {
  if (!isRecord(content)) return;
  const simulations: unknown[] = Array.isArray(content["simulations"]) ? content["simulations"] : [content];
  for (const part of [content["info"], ...simulations].filter(isRecord)) {
    const mode = part["mode"] ?? TEXT;
    const sign = mode !== TEXT ? `mode ${JSON.stringify(mode)}` : speechFields.find((key) => (part[key] ?? null) !== null);
    if (sign) throw new Tau2Error("unsupported", `${what} holds simulations with speech (${sign}); only text can be read`);
  }
}

function parseText(text: string, what: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new Tau2Error("invalid", `${what} ${explainSyntaxError(text)}`, { cause });
  }
}

function explainSyntaxError(text: string): string {
  const { line, column, problem, endsEarly } = locateJsonError(text);
  return endsEarly || !text.trimEnd().endsWith("}")
    ? `breaks off after ${text.length} characters: it was not written to its end, or copied only in part`
    : `is not JSON at line ${line}, column ${column}: ${problem}`;
}

function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new Tau2Error("not_found", `no results at ${path}: ${getErrorMessage(cause)}`, { cause });
  }
  return decodeText(bytes, path);
}

function getSize(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function getKind(path: string): "directory" | "file" | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? (stat.isDirectory() ? "directory" : "file") : null;
}
