import type { RolloutTotals } from "@tau2/gym/training";
import type { RolloutKey } from "@tau2/gym/internal";
import { durationText, rewardText } from "../../ui/format.ts";
import type { Paint } from "../../ui/paint.ts";
import { statusBlock } from "../../ui/status-block.ts";
import { count } from "../../ui/text.ts";
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

/** The lines under the finished episodes: where the rollouts stand, and some of the episodes that are being played. */
export function rolloutStatus({ stage, totals, running, elapsed, now, columns, paint }: RolloutStatus): string[] {
  const { planned, done, failed, rewardSum, steps } = totals;
  const graded = done - failed;
  return statusBlock({
    share: planned === 0 ? 1 : done / planned,
    figures: [
      `${stage} ${done}/${planned}`,
      `reward ${rewardText(graded > 0 ? rewardSum / graded : null)}`,
      ...(failed > 0 ? [count(failed, "error")] : []),
      `${totals.running} running`,
      ...(done > 0 ? [`${(steps / done).toFixed(1)} turns`] : []),
      durationText(elapsed),
    ],
    playing: running.map(({ key, since, turns }) => `${durationText((now - since) / 1000)}, ${count(turns, "turn")}, ${episodeName(key)}`),
    columns,
    paint,
  });
}
