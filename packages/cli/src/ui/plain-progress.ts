import type { Output } from "../io.ts";
import { eventLine } from "./event-lines.ts";
import type { Paint } from "./paint.ts";
import type { Progress } from "./progress.ts";

/** Lines for logs and pipes: each finished simulation with how many are done. */
export function plainProgress(output: Output, paint: Paint): Progress {
  return {
    event(event) {
      const line = eventLine(event, paint);
      if (line === null) return;
      const counter = "totals" in event ? `[${event.totals.finished + event.totals.failed}/${event.totals.planned}] ` : "";
      output.write(`${counter}${line}\n`);
    },
    note: (text) => void output.write(`${text}\n`),
    stop: () => undefined,
  };
}
