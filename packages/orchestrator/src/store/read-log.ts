import { existsSync } from "node:fs";
import { isRecord, parseJson } from "@tau2/domains/internal";
import { Tau2Error } from "@tau2/domains";
import { readLines } from "./line-log.ts";

/** Result of reading a log, beside its entries. */
export interface ReadLog {
  /** Numbers of lines without an entry, counted from 1. */
  readonly damaged: readonly number[];
  /** Bytes of the log that are complete lines. */
  readonly end: number;
}

/** The way to read one kind of log. */
export interface LogReader<Entry> {
  /** Newest version of the log that can be read. A line says its version as `form`. */
  readonly version: number;
  /** Returns the entry in the JSON object of a line; null if it does not hold one. */
  parse(content: Record<string, unknown>): Entry | null;
  /** Receives the entries in their order. */
  add(entry: Entry): void;
}

/**
 * Reads the entries of a log. Ignores a last line that a crash cut off.
 * @returns null if the log does not exist or ends before its first complete line
 * @throws Tau2Error `unsupported` for a newer version
 */
export async function readLog<Entry>(path: string, { version, parse, add }: LogReader<Entry>): Promise<ReadLog | null> {
  if (!existsSync(path)) return null;
  const damaged: number[] = [];
  let end = 0;
  for await (const line of readLines(path)) {
    if (!line.isComplete) break;
    ({ end } = line);
    const content = parseObject(line.text);
    if (content) checkVersion(path, content["form"], version);
    const entry = content && parse(content);
    if (entry === null) damaged.push(line.number);
    else add(entry);
  }
  return end === 0 ? null : { damaged, end };
}

function parseObject(line: string): Record<string, unknown> | null {
  try {
    const content: unknown = parseJson(line);
    return isRecord(content) ? content : null;
  } catch {
    return null;
  }
}

function checkVersion(path: string, version: unknown, known: number): void {
  if (typeof version !== "number" || version <= known) return;
  throw new Tau2Error("unsupported", `${path} was written by a newer version of tau2 (form ${version}, known is ${known}); update it`);
}
