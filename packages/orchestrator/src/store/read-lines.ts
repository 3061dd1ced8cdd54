import { createReadStream } from "node:fs";
import { isRecord } from "@tau2/domains/internal";
import { Tau2Error } from "@tau2/domains";

/** A line of a file that ended with a line end. */
export interface CompleteLine {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  /** Bytes of the file up to and with this line. */
  readonly end: number;
}

const LINE_END = 0x0a;

/** The whole lines of a file of any size, one after the other. What follows the last line end is no line: it was not written to its end. */
export async function* readCompleteLines(path: string): AsyncGenerator<CompleteLine> {
  let pieces: Buffer[] = [];
  let [number, end] = [0, 0];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_END); at !== -1; at = chunk.indexOf(LINE_END, from)) {
      const line = Buffer.concat([...pieces, chunk.subarray(from, at)]);
      pieces = [];
      from = at + 1;
      end += line.length + 1;
      yield { number: ++number, text: line.toString("utf8"), end };
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from));
  }
}

/**
 * The JSON object that a line of a log holds; null for a line that holds none.
 * @param known the newest form of the log that can be read; sessions say which form theirs is
 * @param written what is in the log, to stand before "by a newer version": `this run was written`
 * @throws Tau2Error `unsupported` for the log of a newer form
 */
export function formatLogLine(line: string, known: number, written: string): Record<string, unknown> | null {
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isRecord(content)) return null;
  const { kind, form } = content;
  if (kind === "session" && typeof form === "number" && form > known) {
    throw new Tau2Error("unsupported", `${written} by a newer version of tau2 (form ${form}, known is ${known}); update it`);
  }
  return content;
}
