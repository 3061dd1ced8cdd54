import { expect, test } from "vitest";
import { agentSays, deskTask, userSays } from "../../test/desk.ts";
import { createPlaceholder, toSimulationRun } from "./simulation-record.ts";
import { classifyFault } from "./fault.ts";
import { createTotals, addSimulation } from "./progress.ts";

const span = { start: new Date(2025, 0, 31), end: new Date(2025, 0, 31), seconds: 1 };
const history = [{ ...userSays("Hello"), cost: null }];
const unit = { task: deskTask({ initial_state: { message_history: history } }), trial: 0, seed: 7 };

function total(...messages: (ReturnType<typeof agentSays> | ReturnType<typeof userSays>)[]) {
  const trajectory = { terminationReason: "user_stop" as const, messages: [...history, ...messages], agentCost: null, userCost: null };
  return addSimulation(createTotals(2), toSimulationRun(unit, trajectory, span, ""), true, unit.task);
}

test("what was said in this run is paid for, not what stands in the task's history", () => {
  const totals = total({ ...agentSays("Hello"), cost: 0.5 }, { ...userSays("Bye"), cost: 0.25 });
  expect(totals).toMatchObject({ finished: 1, cost: { agent: 0.5, user: 0.25, judge: 0 }, costComplete: true });
});

test("a message of unknown price leaves the sums short, and says so", () => {
  const totals = total({ ...agentSays("Hello"), cost: null }, { ...agentSays("Hello?"), cost: 0.5 });
  expect(totals).toMatchObject({ cost: { agent: 0.5 }, costComplete: false });
});

test("a placeholder costs nothing", () => {
  const totals = addSimulation(createTotals(1), createPlaceholder(unit, classifyFault(new Error("oops"), "agent"), 1), false, unit.task);
  expect(totals).toMatchObject({ finished: 0, failed: 1, costComplete: true });
});
