import type { CliIo } from "../io.ts";
import { createPaint, type Paint } from "../ui/text.ts";

/** Output of a command: lines for people, or one JSON document for programs. */
export interface Result {
  readonly paint: Paint;
  /** Columns to fit lines into; unlimited where the output is not a terminal. */
  readonly width: number | undefined;
  lines(lines: readonly string[]): void;
  json(value: unknown): void;
}

/** The result of a command on its standard output. */
export function createOutput(io: CliIo): Result {
  return {
    paint: createPaint(io.stdout, io.env),
    width: io.stdout.isTTY ? (io.stdout.columns ?? 80) : undefined,
    lines: (lines) => void io.stdout.write(lines.map((line) => `${line}\n`).join("")),
    json: (value) => void io.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
  };
}
