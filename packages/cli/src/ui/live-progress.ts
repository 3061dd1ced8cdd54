import { clearScreenDown, cursorTo, moveCursor } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import type { RunEvent, RunTotals } from "@tau2/orchestrator";
import type { Output } from "../io.ts";
import { eventLine } from "./event-lines.ts";
import type { Paint } from "./paint.ts";
import type { Progress } from "./progress.ts";
import { statusLines, type Running } from "./status-lines.ts";
import { fit, widthOf, wrap } from "./text.ts";

const redrawMs = 100;

/**
 * Finished simulations scroll by; under them stand, drawn again and again, where the run stands and what is being played. It fits itself to
 * the width that the terminal has at the moment.
 */
export function liveProgress(output: Output, paint: Paint): Progress {
  const running = new Map<string, Running>();
  const started = performance.now();
  let totals: RunTotals | null = null;
  let drawn: readonly string[] = [];
  let timer: NodeJS.Timeout | undefined;

  const columns = () => Math.max(10, output.columns ?? 80);

  function erase(): void {
    // What was drawn on a wider terminal has been wrapped since.
    const rows = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns())), 0);
    if (rows > 0) moveCursor(output as NodeJS.WritableStream, 0, -rows);
    cursorTo(output as NodeJS.WritableStream, 0);
    clearScreenDown(output as NodeJS.WritableStream);
    drawn = [];
  }

  function draw(): void {
    if (!totals) return;
    const now = performance.now();
    drawn = statusLines({ totals, running: [...running.values()], elapsed: (now - started) / 1000, now, columns: columns() - 1, paint });
    output.write(drawn.map((line) => `${line}\n`).join(""));
  }

  function redraw(line?: string): void {
    erase();
    if (line !== undefined) output.write(`${line}\n`);
    draw();
  }

  function note(event: RunEvent): void {
    if ("totals" in event) ({ totals } = event);
    if (event.type === "planned") return;
    const key = `${event.unit.trial}\0${event.unit.task.id}`;
    if (event.type === "started") running.set(key, { unit: event.unit, since: performance.now(), messages: 0 });
    if (event.type === "step") {
      const entry = running.get(key);
      if (entry) entry.messages = event.conversation.messages.length;
    }
    if (event.type === "finished" || event.type === "failed") running.delete(key);
  }

  return {
    event(event) {
      timer ??= setInterval(() => redraw(), redrawMs).unref();
      note(event);
      const line = eventLine(event, paint);
      if (line !== null) redraw(fitted(line, columns() - 1));
    },
    note: (text) => redraw(wrap(text, columns()).join("\n")),
    stop() {
      clearInterval(timer);
      erase();
      totals = null;
    },
  };
}

/** Cuts a line that may hold styles: those stay whole only while nothing has to go. */
function fitted(line: string, columns: number): string {
  return widthOf(line) <= columns ? line : fit(stripVTControlCharacters(line), columns);
}
