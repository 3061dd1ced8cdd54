import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Tau2Error } from "@tau2/domains";
import { getErrorMessage, parseData } from "@tau2/domains/internal";
import { writeFileAtomic } from "@tau2/orchestrator";
import type { z } from "zod";

/** Values as lines of JSON. */
export function* formatJsonLines(values: Iterable<object>): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`;
}

/** Writes a file whole or not at all. @throws Tau2Error `storage` */
export async function writeParts(path: string, parts: Iterable<string>): Promise<void> {
  try {
    await writeFileAtomic(path, parts);
  } catch (cause) {
    throw new Tau2Error("storage", `${path} cannot be written: ${getErrorMessage(cause)}`, { cause });
  }
}

/**
 * Reads a file of JSON lines. Unknown keys stay, and so does the order of all.
 * @throws Tau2Error `not_found` when there is none, `invalid` naming the first line that is not as it should be
 */
export async function readJsonLines(path: string, schema: z.ZodType, what: string): Promise<unknown[]> {
  if (!existsSync(path)) throw new Tau2Error("not_found", `there is no file ${path}`);
  const values: unknown[] = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    number++;
    if (line !== "") values.push(checkSchema(schema, parseJson(line, `${path}:${number}`), `${what} (${path}:${number})`));
  }
  return values;
}

/** A value as it is, once it is known to be as it should be. @throws Tau2Error `invalid` naming the place */
export function checkSchema(schema: z.ZodType, value: unknown, what: string): unknown {
  parseData(schema, value, what);
  return value;
}

/** A text as JSON. @throws Tau2Error `invalid` naming the place */
export function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Tau2Error("invalid", `${place} is not JSON: ${getErrorMessage(cause)}`, { cause });
  }
}

/** @throws Tau2Error `storage` when what was read back is not what was to be written */
export function checkReadBack(path: string, written: readonly object[], read: readonly object[]): void {
  const different = written.findIndex((value, i) => JSON.stringify(value) !== JSON.stringify(read[i]));
  if (different === -1 && written.length === read.length) return;
  throw new Tau2Error(
    "storage",
    `${path} does not hold what was written to it: ${different === -1 ? "lines are missing" : `see line ${different + 1}`}`,
  );
}
