import { clearScreenDown, cursorTo, moveCursor } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import type { Output } from "../io.ts";
import { fit, measureWidth, wrap } from "./text.ts";

const redrawMs = 100;

/** A terminal on which lines scroll by above a few that are drawn again and again. */
export interface LiveView {
  /** Begins to draw the status again every now and then. */
  start(): void;
  /** A line above the status, cut to the width of the terminal. */
  line(text: string): void;
  /** Lines above the status, wrapped. */
  paragraph(text: string): void;
  /** Takes the status away. */
  stop(): void;
}

/** Fits itself to the width that the terminal has at the moment. @param status the lines to draw for so many columns; none where there is nothing to say yet */
export function createLiveView(output: Output, status: (columns: number) => readonly string[]): LiveView {
  let drawn: readonly string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const columns = () => Math.max(10, output.columns ?? 80);

  function erase(): void {
    // Lines that were drawn on a wider terminal have been wrapped since.
    const rows = drawn.reduce((sum, text) => sum + Math.max(1, Math.ceil(measureWidth(text) / columns())), 0);
    if (rows > 0) moveCursor(output as NodeJS.WritableStream, 0, -rows);
    cursorTo(output as NodeJS.WritableStream, 0);
    clearScreenDown(output as NodeJS.WritableStream);
    drawn = [];
  }

  function redraw(text?: string): void {
    erase();
    if (text !== undefined) output.write(`${text}\n`);
    if (stopped) return;
    drawn = status(columns() - 1);
    output.write(drawn.map((line) => `${line}\n`).join(""));
  }

  return {
    start: () => void (timer ??= setInterval(() => redraw(), redrawMs).unref()),
    line: (text) => redraw(fitted(text, columns() - 1)),
    paragraph: (text) => redraw(wrap(text, columns()).join("\n")),
    stop() {
      clearInterval(timer);
      erase();
      stopped = true;
    },
  };
}

/** Cuts a line that may hold styles: those stay whole only while nothing has to go. */
function fitted(line: string, columns: number): string {
  return measureWidth(line) <= columns ? line : fit(stripVTControlCharacters(line), columns);
}
