import type { RunTotals, SimulationSpec } from "@tau2/orchestrator";
import { unitName } from "./event-lines.ts";
import { dollarText, durationText, rewardText } from "./format.ts";
import type { Paint } from "./paint.ts";
import { statusBlock } from "./status-block.ts";
import { count } from "./text.ts";

/** A simulation that is being played. */
export interface Running {
  readonly unit: SimulationSpec;
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

/** The lines under the finished simulations: where the run stands, and some of the simulations that are being played. */
export function statusLines({ totals, running, elapsed, now, columns, paint }: Status): string[] {
  const { planned, finished, failed, reward, cost, costComplete } = totals;
  const done = finished + failed;
  const spent = cost.agent + cost.user + cost.judge;
  const left = done > 0 && done < planned ? (elapsed / done) * (planned - done) : null;
  return statusBlock({
    share: done / planned,
    figures: [
      `${done}/${planned} done`,
      `reward ${rewardText(finished > 0 ? reward / finished : null)}`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(left === null ? [] : [`${durationText(left)} left`]),
      `${totals.running} running`,
      `cost ${dollarText(spent)}${costComplete ? "" : " or more"}`,
      durationText(elapsed),
    ],
    playing: running.map(
      ({ unit: { task, trial }, since, messages }) =>
        `${durationText((now - since) / 1000)}, ${count(messages, "message")}, ${unitName({ task_id: task.id, trial })}`,
    ),
    columns,
    paint,
  });
}
