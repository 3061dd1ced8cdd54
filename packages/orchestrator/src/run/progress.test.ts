import { expect, test } from "vitest";
import { agentSays, deskTask, userSays } from "../../test/desk.ts";
import { createPlaceholder, toFaultInfo, toSimulationRun } from "./simulation-record.ts";
import { classifyFault } from "./fault.ts";
import { createTotals, addSimulation } from "./progress.ts";

const span = { start: new Date(2025, 0, 31), end: new Date(2025, 0, 31), seconds: 1 };
const history = [{ ...userSays("Hello"), cost: null }];
const spec = { task: deskTask({ initial_state: { message_history: history } }), trial: 0, seed: 7 };

function total(...messages: (ReturnType<typeof agentSays> | ReturnType<typeof userSays>)[]) {
  const trajectory = { terminationReason: "user_stop" as const, messages: [...history, ...messages], agentCost: null, userCost: null };
  return addSimulation(createTotals(2), toSimulationRun(spec, trajectory, span, ""), true, spec.task);
}

test("messages of the task's history do not count as cost", () => {
  const totals = total({ ...agentSays("Hello"), cost: 0.5 }, { ...userSays("Bye"), cost: 0.25 });
  expect(totals).toMatchObject({ finished: 1, cost: { agent: 0.5, user: 0.25, judge: 0 }, costComplete: true });
});

test("an unknown cost makes the totals incomplete", () => {
  const totals = total({ ...agentSays("Hello"), cost: null }, { ...agentSays("Hello?"), cost: 0.5 });
  expect(totals).toMatchObject({ cost: { agent: 0.5 }, costComplete: false });
});

test("a placeholder adds no cost", () => {
  const placeholder = createPlaceholder({ ...spec, task_id: spec.task.id }, toFaultInfo(classifyFault(new Error("oops"), "agent")));
  const totals = addSimulation(createTotals(1), placeholder, false, spec.task);
  expect(totals).toMatchObject({ finished: 0, failed: 1, costComplete: true });
});
