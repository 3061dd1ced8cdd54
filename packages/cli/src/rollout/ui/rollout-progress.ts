import type { RolloutEvent, RolloutTotals } from "@tau2/gym/training";
import { getRolloutId, type RolloutKey } from "@tau2/gym/internal";
import type { CliIo, Output } from "../../io.ts";
import { liveView } from "../../ui/live-view.ts";
import { paintFor, type Paint } from "../../ui/paint.ts";
import { episodeLine } from "./episode-line.ts";
import { rolloutStatus, type RunningEpisode } from "./rollout-status.ts";
import { turnLines, type TurnDetail } from "./turn-lines.ts";

/** Shows how rollouts go on. */
export interface RolloutProgress {
  /** What is played from here on, such as `batch 2/10`. */
  stage(name: string): void;
  event(event: RolloutEvent): void;
  /** A line between the others. */
  note(text: string): void;
  /** Takes away what is only there while it runs. */
  stop(): void;
}

/** Drawn again and again on a terminal; elsewhere, a line for each episode. @param detail what is shown of each turn; null for nothing */
export function rolloutProgress(io: CliIo, detail: TurnDetail | null): RolloutProgress {
  const paint = paintFor(io.stderr, io.env);
  const canRedraw = io.stderr.isTTY === true && io.env["TERM"] !== "dumb";
  return canRedraw ? live(io.stderr, paint, detail) : plain(io.stderr, paint, detail);
}

function plain(output: Output, paint: Paint, detail: TurnDetail | null): RolloutProgress {
  let stage = "";
  return {
    stage(name) {
      stage = name;
    },
    event(event) {
      const counter = "totals" in event ? `[${stage} ${event.totals.done}/${event.totals.planned}] ` : "";
      const lines = [...turnLines(event, detail, paint), ...episodeLine(event, paint).map((line) => counter + line)];
      if (lines.length > 0) output.write(`${lines.join("\n")}\n`);
    },
    note: (text) => void output.write(`${text}\n`),
    stop: () => undefined,
  };
}

function live(output: Output, paint: Paint, detail: TurnDetail | null): RolloutProgress {
  const running = new Map<string, RunningEpisode>();
  const started = performance.now();
  let totals: RolloutTotals | null = null;
  let stage = "";
  const view = liveView(output, (columns) => {
    const now = performance.now();
    return totals
      ? rolloutStatus({ stage, totals, running: [...running.values()], elapsed: (now - started) / 1000, now, columns, paint })
      : [];
  });

  function note(event: RolloutEvent): void {
    if ("totals" in event) ({ totals } = event);
    if (event.type === "planned") return;
    const key: RolloutKey = "episode" in event ? event.episode : event.rollout;
    const id = getRolloutId(key);
    if (event.type === "started") running.set(id, { key, since: performance.now(), turns: 0 });
    else if (event.type === "step") running.set(id, { ...running.get(id)!, turns: event.step.timestep + 1 });
    else running.delete(id);
  }

  return {
    stage(name) {
      stage = name;
    },
    event(event) {
      view.start();
      note(event);
      for (const line of turnLines(event, detail, paint)) view.paragraph(line);
      for (const line of episodeLine(event, paint)) view.line(line);
    },
    note: (text) => view.paragraph(text),
    stop: () => view.stop(),
  };
}
