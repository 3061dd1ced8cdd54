import type { CliIo } from "../io.ts";
import { createPaint, type Paint } from "./text.ts";

/** Prints the result of a command on standard output: lines for people, or one JSON document for programs. */
export interface Printer {
  readonly paint: Paint;
  /** Columns to fit lines into; unlimited where the output is not a terminal. */
  readonly width: number | undefined;
  lines(lines: readonly string[]): void;
  json(value: unknown): void;
}

/** Creates the printer of a command line. */
export function createPrinter({ stdout, env }: Pick<CliIo, "stdout" | "env">): Printer {
  return {
    paint: createPaint(stdout, env),
    width: stdout.isTTY ? (stdout.columns ?? 80) : undefined,
    lines: (lines) => void stdout.write(lines.map((line) => `${line}\n`).join("")),
    json: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
  };
}
