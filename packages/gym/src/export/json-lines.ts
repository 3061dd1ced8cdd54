import { existsSync } from "node:fs";
import { Tau2Error } from "@tau2/domains";
import { getErrorMessage, parseData, redactText } from "@tau2/domains/internal";
import { readLines, writeFileAtomic } from "@tau2/orchestrator/internal";
import type { z } from "zod";

/** Formats values as lines of JSON. */
export function* formatJsonLines(values: Iterable<object>): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`;
}

/** Writes a whole file atomically. @throws Tau2Error `storage` */
export async function writeParts(path: string, parts: Iterable<string>): Promise<void> {
  try {
    await writeFileAtomic(path, parts);
  } catch (cause) {
    throw new Tau2Error("storage", `${path} cannot be written: ${getErrorMessage(cause)}`, { cause });
  }
}

/**
 * Reads a file of JSON lines. Keeps unknown keys and the order of keys.
 * @throws Tau2Error `not_found` without the file, `invalid` naming the first wrong line
 */
export async function readJsonLines(path: string, schema: z.ZodType, what: string): Promise<unknown[]> {
  if (!existsSync(path)) throw new Tau2Error("not_found", `${path} does not exist`);
  const values: unknown[] = [];
  for await (const { number, text } of readLines(path)) {
    if (text.trim() !== "") values.push(checkSchema(schema, parseJson(text, `${path}:${number}`), `${what} (${path}:${number})`));
  }
  return values;
}

/** Returns a value unchanged after a check. @throws Tau2Error `invalid` naming the place */
export function checkSchema(schema: z.ZodType, value: unknown, what: string): unknown {
  parseData(schema, value, what);
  return value;
}

/** Parses JSON. @throws Tau2Error `invalid` naming the place */
export function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Tau2Error("invalid", `${place} is not JSON: ${getErrorMessage(cause)}`, { cause });
  }
}

/** Compares a file with the written values, which it holds without the secrets of the process. @throws Tau2Error `storage` if they differ */
export function checkReadBack(path: string, written: readonly object[], read: readonly object[]): void {
  const different = written.findIndex((value, i) => redactText(JSON.stringify(value)) !== JSON.stringify(read[i]));
  if (different === -1 && written.length === read.length) return;
  throw new Tau2Error(
    "storage",
    `${path} differs from the written values: ${different === -1 ? "lines are missing" : `see line ${different + 1}`}`,
  );
}
