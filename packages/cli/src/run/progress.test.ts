import type { RunTotals, SimulationSpec } from "@tau2/orchestrator/internal";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { expect, it, vi } from "vitest";
import { liveProgress } from "./progress.ts";

const ESC = "\u001b";
const paint = (_: unknown, text: string) => text;
const spec: SimulationSpec = { task: { id: "t1" } as SimulationSpec["task"], trial: 0, seed: 1 };
const totals: RunTotals = {
  planned: 1,
  running: 1,
  finished: 0,
  failed: 0,
  reward: 0,
  cost: { agent: 0, user: 0, judge: 0 },
  costComplete: true,
};
const simulation = {
  task_id: "t1",
  trial: 0,
  reward_info: { reward: 1 },
  messages: [],
  duration: 2,
  termination_reason: "user_stop",
} as unknown as SimulationRun;

/** A terminal that only knows what the view uses: up, clear below, and lines that wrap. */
function terminal(columns: number) {
  let rows: string[] = [""];
  return {
    isTTY: true,
    columns,
    write(text: string) {
      for (const part of text.split(new RegExp(`(${ESC}\\[\\d*[A-Z]|\\n)`))) {
        const up = new RegExp(`^${ESC}\\[(\\d+)A$`).exec(part);
        if (up) rows = rows.slice(0, rows.length - Number(up[1]));
        else if (part === "\n") rows.push("");
        else if (part === `${ESC}[0J` || part === `${ESC}[1G`) rows[rows.length - 1] = "";
        else rows[rows.length - 1] += part;
      }
      return true;
    },
    screen: () => rows.join("\n"),
  };
}

it("finished simulations stay, the status moves down with them, and nothing of it stays in the end", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const screen = terminal(90);
  const view = liveProgress(screen, paint);
  view.note("airline: 1 task");
  view.event({ type: "planned", specs: [spec], totals });
  view.event({ type: "started", spec, totals });
  view.note("still here");
  expect(screen.screen()).toMatch(
    /^airline: 1 task\nstill here\n.*0\/1 done · reward - · 1 running.*\n {2}▸ 0\.0 s, 0 messages, task t1, trial 1\n$/,
  );
  view.event({ type: "finished", spec, simulation, totals: { ...totals, running: 0, finished: 1, reward: 1 } });
  expect(screen.screen()).toMatch(
    /^airline: 1 task\nstill here\n✓ reward 1\.00, task t1, trial 1: 0 messages, user_stop, 2\.0 s\n.*1\/1 done · reward 1\.00.*\n$/,
  );
  view.stop();
  expect(screen.screen()).toBe("airline: 1 task\nstill here\n✓ reward 1.00, task t1, trial 1: 0 messages, user_stop, 2.0 s\n");
});

it("a line that was drawn wider than the terminal is now is taken away whole", () => {
  const written: string[] = [];
  const output = { isTTY: true, columns: 100, write: (text: string) => written.push(text) };
  const view = liveProgress(output, paint);
  view.event({ type: "planned", specs: [spec], totals });
  view.event({ type: "started", spec, totals });
  view.note("one");
  output.columns = 20;
  written.length = 0;
  view.note("two");
  const rows = Number(new RegExp(`^${ESC}\\[(\\d+)A$`).exec(written[0]!)?.[1]);
  expect(rows).toBeGreaterThan(2);
  view.stop();
});
