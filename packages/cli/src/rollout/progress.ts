import type { Rollout, EpisodeStep, ModelMessage } from "@tau2/gym/training";
import { type RolloutKey, getRolloutId, type RolloutEvent, type RolloutTotals } from "@tau2/gym/internal";
import { formatDuration, formatReward, type Paint, count, oneLine, fit, createPaint } from "../ui/text.ts";
import { createStatusBlock } from "../ui/status-block.ts";
import type { CliIo, Output } from "../io.ts";
import { createLiveView } from "../ui/live-view.ts";

/** Formats the permanent line of an event: one for the end of an episode, none for others. */
function episodeLine(event: RolloutEvent, paint: Paint): string[] {
  if (event.type === "failed") {
    const { rollout } = event;
    return [`${paint("red", "!")} ${taskName(rollout)}: ${rollout.error!.class} fault, no reward: ${oneLine(rollout.error!.message)}`];
  }
  return event.type === "finished" ? [finished(event.rollout, paint)] : [];
}

/** Place and attempt, counted from 0 as trainers do. */
function episodeName({ split, sample_id, generation_id, try_step }: RolloutKey): string {
  return `${split} ${sample_id}, generation ${generation_id}${try_step > 0 ? `, try ${try_step}` : ""}`;
}

function finished(rollout: Rollout, paint: Paint): string {
  const { final_reward: reward, episode_steps: steps, simulation, seconds } = rollout;
  const mark = reward === 1 ? paint("green", "✓") : reward === 0 ? paint("red", "✗") : paint("yellow", "~");
  const end = steps.at(-1)?.truncated ? "truncated" : (simulation?.termination_reason ?? "ended");
  return `${mark} reward ${formatReward(reward)}, ${taskName(rollout)}: ${count(steps.length, "turn")}, ${end}, ${formatDuration(seconds)}`;
}

function taskName(rollout: Rollout): string {
  return `task ${oneLine(rollout.task_id)} (${episodeName(rollout)})`;
}

/** An episode that is being played. */
export interface RunningEpisode {
  readonly key: RolloutKey;
  /** On the clock of `performance.now`. */
  readonly since: number;
  readonly turns: number;
}

/** Status of rollouts. */
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
  return createStatusBlock({
    share: planned === 0 ? 1 : done / planned,
    figures: [
      `${stage} ${done}/${planned}`,
      `reward ${formatReward(graded > 0 ? rewardSum / graded : null)}`,
      ...(failed > 0 ? [count(failed, "error")] : []),
      `${totals.running} running`,
      ...(done > 0 ? [`${(steps / done).toFixed(1)} turns`] : []),
      formatDuration(elapsed),
    ],
    playing: running.map(
      ({ key, since, turns }) => `${formatDuration((now - since) / 1000)}, ${count(turns, "turn")}, ${episodeName(key)}`,
    ),
    columns,
    paint,
  });
}

/** Detail of a turn on the screen: `brief` is a line for each message, `full` is all of it. */
export type TurnDetail = "brief" | "full";

const briefColumns = 160;

/** Formats the policy's message and the observation of a turn, under a line with its place (docs/spec/act-prm.md#11-4). */
function turnLines(event: RolloutEvent, detail: TurnDetail | null, paint: Paint): string[] {
  if (event.type !== "step" || detail === null) return [];
  const { step } = event;
  const cut = (text: string) => (detail === "full" ? printable(text) : fit(oneLine(text), briefColumns));
  const said = [step.action, ...step.next_obs].map((message) => `  ${paint("dim", `${message.role}:`)} ${cut(formatMessage(message))}`);
  return [paint("dim", header(step)), ...said];
}

function header(step: EpisodeStep): string {
  const { timestep, generation_id, try_step, batch_id, unique_data_sample_id: sample_id, split } = step;
  return `${episodeName({ split, sample_id, generation_id, try_step })}, turn ${timestep + 1}, batch ${batch_id}`;
}

function formatMessage({ content, tool_calls = [] }: ModelMessage): string {
  const calls = tool_calls.map(({ function: { name, arguments: args } }) => `${name}(${args})`);
  return [...(content === null ? [] : [content]), ...calls].join("\n");
}

/** Every line of a text, without anything that would steer the terminal. */
function printable(text: string): string {
  return text.split("\n").map(oneLine).join("\n    ");
}

/** Display of the progress of rollouts. */
export interface RolloutProgress {
  /** Sets the current stage, such as `batch 2/10`. */
  stage(name: string): void;
  event(event: RolloutEvent): void;
  /** A line between the others. */
  note(text: string): void;
  /** Removes the temporary lines. */
  stop(): void;
}

/** Creates the display: redrawn on a terminal; elsewhere, a line for each episode. @param detail of each turn; null hides the turns */
export function rolloutProgress(io: CliIo, detail: TurnDetail | null): RolloutProgress {
  const paint = createPaint(io.stderr, io.env);
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
  const view = createLiveView(output, (columns) => {
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
