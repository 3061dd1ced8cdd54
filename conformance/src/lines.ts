import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { getErrorMessage, parseJson } from "@tau2/domains/internal";
import { Tau2Error } from "@tau2/domains";

/** The file of a kind's lines, `KIND.jsonl.gz` or `KIND.jsonl`; null when the directory has neither. */
export function linesFile(directory: string, stem: string): string | null {
  const candidates = [`${stem}.jsonl.gz`, `${stem}.jsonl`].map((name) => join(directory, name));
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** Each line's value, one at a time. @throws Tau2Error `invalid` naming the line that is not JSON, or the file that cannot be unpacked. */
export async function* readLines<T>(path: string): AsyncGenerator<T> {
  let number = 0;
  for await (const line of textLines(path)) {
    number++;
    if (line.trim() !== "") yield parse(line, `line ${number} of ${path}`) as T;
  }
}

async function* textLines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  // The faults of both streams come out of the iteration below.
  const input: Readable = path.endsWith(".gz") ? pipeline(file, createGunzip(), () => {}) : file;
  let rest = "";
  try {
    for await (const chunk of input.setEncoding("utf8")) {
      const lines = (rest + (chunk as string)).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (cause) {
    throw new Tau2Error("invalid", `${path} cannot be read: ${getErrorMessage(cause)}`, { cause });
  }
  yield rest;
}

function parse(text: string, what: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new Tau2Error("invalid", `${what} is not JSON: ${getErrorMessage(cause)}`, { cause });
  }
}
