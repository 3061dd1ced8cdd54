import type { RunEvent } from "@tau2/orchestrator";
import type { RunTotals } from "@tau2/orchestrator/internal";
import type { Output, CliIo } from "../io.ts";
import { formatEvent, formatStatus, type Running } from "./format-progress.ts";
import { createLiveView } from "../ui/live-view.ts";
import { type Paint, createPaint } from "../ui/text.ts";

/** Display of the progress of a run. */
export interface Progress {
  event(event: RunEvent): void;
  /** A line between the others. */
  note(text: string): void;
  /** Removes the temporary lines. */
  stop(): void;
}

/** Creates a display in which finished simulations scroll by above the redrawn status. */
export function liveProgress(output: Output, paint: Paint): Progress {
  const running = new Map<string, Running>();
  const started = performance.now();
  let totals: RunTotals | null = null;
  const view = createLiveView(output, (columns) => {
    const now = performance.now();
    return totals ? formatStatus({ totals, running: [...running.values()], elapsed: (now - started) / 1000, now, columns, paint }) : [];
  });

  function note(event: RunEvent): void {
    if ("totals" in event) ({ totals } = event);
    if (event.type === "planned") return;
    const key = `${event.spec.trial}\0${event.spec.task.id}`;
    if (event.type === "started") running.set(key, { unit: event.spec, since: performance.now(), messages: 0 });
    if (event.type === "step") {
      const entry = running.get(key);
      if (entry) entry.messages = event.conversation.messages.length;
    }
    if (event.type === "finished" || event.type === "failed") running.delete(key);
  }

  return {
    event(event) {
      view.start();
      note(event);
      const line = formatEvent(event, paint);
      if (line !== null) view.line(line);
    },
    note: (text) => view.paragraph(text),
    stop() {
      totals = null;
      view.stop();
    },
  };
}

/** Lines for logs and pipes: each finished simulation with how many are done. */
function plainProgress(output: Output, paint: Paint): Progress {
  return {
    event(event) {
      const line = formatEvent(event, paint);
      if (line === null) return;
      const counter = "totals" in event ? `[${event.totals.finished + event.totals.failed}/${event.totals.planned}] ` : "";
      output.write(`${counter}${line}\n`);
    },
    note: (text) => void output.write(`${text}\n`),
    stop: () => undefined,
  };
}

/** Drawn again and again on a terminal; elsewhere, a line for each thing that happens. */
export function createProgress(io: CliIo): Progress {
  const paint = createPaint(io.stderr, io.env);
  const canRedraw = io.stderr.isTTY === true && io.env["TERM"] !== "dumb";
  return canRedraw ? liveProgress(io.stderr, paint) : plainProgress(io.stderr, paint);
}
