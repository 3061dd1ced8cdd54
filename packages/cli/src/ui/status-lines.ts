import type { RunTotals, RunUnit } from "@tau2/orchestrator";
import { unitName } from "./event-lines.ts";
import { dollarText, durationText, rewardText } from "./format.ts";
import type { Paint } from "./paint.ts";
import { count, fit, widthOf } from "./text.ts";

/** A simulation that is being played. */
export interface Running {
  readonly unit: RunUnit;
  /** On the clock of `performance.now`. */
  readonly since: number;
  messages: number;
}

/** Where a run stands. */
export interface Status {
  readonly totals: RunTotals;
  readonly running: readonly Running[];
  /** Seconds since it began. */
  readonly elapsed: number;
  /** On the clock of `performance.now`. */
  readonly now: number;
  readonly columns: number;
  readonly paint: Paint;
}

const mostRunning = 6;
const barWidth = 24;

/** The lines under the finished simulations: one of figures, as many as fit, and one for each simulation that is being played. */
export function statusLines(status: Status): string[] {
  const { running, columns, paint } = status;
  const shown = running.slice(0, mostRunning).map(({ unit, since, messages }) => {
    const text = `  ▸ ${durationText((status.now - since) / 1000)}, ${count(messages, "message")}, ${unitName({ task_id: unit.task.id, trial: unit.trial })}`;
    return paint("dim", fit(text, columns));
  });
  const more = running.length > mostRunning ? [paint("dim", fit(`  … and ${running.length - mostRunning} more`, columns))] : [];
  return [figures(status), ...shown, ...more];
}

function figures({ totals, elapsed, columns, paint }: Status): string {
  const { planned, finished, failed, running, reward, cost, costComplete } = totals;
  const done = finished + failed;
  const spent = cost.agent + cost.user + cost.judge;
  const left = done > 0 && done < planned ? (elapsed / done) * (planned - done) : null;
  // In the order in which they matter: on a narrow terminal the last ones go first.
  const parts = [
    `${done}/${planned} done`,
    `reward ${rewardText(finished > 0 ? reward / finished : null)}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(left === null ? [] : [`${durationText(left)} left`]),
    `${running} running`,
    `cost ${dollarText(spent)}${costComplete ? "" : " or more"}`,
    durationText(elapsed),
  ];
  let text = parts[0]!;
  for (const part of parts.slice(1)) {
    if (widthOf(text) + 3 + widthOf(part) > columns) break;
    text += ` · ${part}`;
  }
  const room = columns - widthOf(text) - 1;
  return room >= barWidth ? `${bar(done / planned, barWidth, paint)} ${text}` : fit(text, columns);
}

/** A bar that is full to a share. */
export function bar(share: number, width: number, paint: Paint): string {
  const full = Math.round(Math.min(1, share) * width);
  return paint("green", "█".repeat(full)) + paint("dim", "░".repeat(width - full));
}
