import type { RolloutKey, RolloutTotals } from "@tau2/gym";
import { durationText, rewardText } from "../../ui/format.ts";
import type { Paint } from "../../ui/paint.ts";
import { bar } from "../../ui/status-lines.ts";
import { count, fit, widthOf } from "../../ui/text.ts";
import { episodeName } from "./episode-line.ts";

/** An episode that is being played. */
export interface RunningEpisode {
  readonly key: RolloutKey;
  /** On the clock of `performance.now`. */
  readonly since: number;
  readonly turns: number;
}

/** Where rollouts stand. */
export interface RolloutStatus {
  readonly stage: string;
  readonly totals: RolloutTotals;
  readonly running: readonly RunningEpisode[];
  /** Seconds since the run began. */
  readonly elapsed: number;
  /** On the clock of `performance.now`. */
  readonly now: number;
  readonly columns: number;
  readonly paint: Paint;
}

const mostRunning = 6;
const barWidth = 24;

/** The lines under the finished episodes: one of figures, as many as fit, and one for each of some episodes that are being played. */
export function rolloutStatus(status: RolloutStatus): string[] {
  const { running, columns, paint, now } = status;
  const shown = running
    .slice(0, mostRunning)
    .map(({ key, since, turns }) => `  ▸ ${durationText((now - since) / 1000)}, ${count(turns, "turn")}, ${episodeName(key)}`);
  const more = running.length > mostRunning ? [`  … and ${running.length - mostRunning} more`] : [];
  return [figures(status), ...[...shown, ...more].map((text) => paint("dim", fit(text, columns)))];
}

function figures({ stage, totals, elapsed, columns, paint }: RolloutStatus): string {
  const { planned, done, failed, running, reward_sum, steps } = totals;
  const graded = done - failed;
  // In the order in which they matter: on a narrow terminal the last ones go first.
  const parts = [
    `${stage} ${done}/${planned}`,
    `reward ${rewardText(graded > 0 ? reward_sum / graded : null)}`,
    ...(failed > 0 ? [count(failed, "error")] : []),
    `${running} running`,
    ...(done > 0 ? [`${(steps / done).toFixed(1)} turns`] : []),
    durationText(elapsed),
  ];
  let text = parts[0]!;
  for (const part of parts.slice(1)) {
    if (widthOf(text) + 3 + widthOf(part) > columns) break;
    text += ` · ${part}`;
  }
  const room = columns - widthOf(text) - 1;
  return room >= barWidth ? `${bar(planned === 0 ? 1 : done / planned, barWidth, paint)} ${text}` : fit(text, columns);
}
