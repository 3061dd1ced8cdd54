import { describe, expect, test } from "vitest";
import { desk, deskData, deskSetup, deskTask } from "../../test/desk.ts";
import { agentKinds, userKinds } from "./kinds.ts";
import { gradeSimulation } from "./grade-simulation.ts";
import { runSimulations } from "./run-simulations.ts";
const task = deskTask({}, { nl_assertions: ["The agent was kind."], reward_basis: ["DB", "NL_ASSERTION"] });
const environment = deskSetup();
const judgement = { verdicts: [{ met: true, justification: "It was." }], effort: { model: "m", attempts: 1, cost: null, usage: null } };

async function ungraded() {
  const fails = async () => {
    throw new Error("oops");
  };
  const [agent, user] = [agentKinds.gold.factory({}), userKinds.scripted.factory({})];
  const run = await runSimulations({
    domain: desk,
    data: deskData,
    tasks: [task],
    trials: 1,
    seed: 1,
    agent,
    user,
    judge: { judge: fails },
  });
  return run.simulations[0]!;
}

describe("a conversation without a grade", () => {
  test("can be graded later, which removes the fault", async () => {
    const { simulation, fault } = await gradeSimulation(await ungraded(), { environment, task, judge: { judge: async () => judgement } });
    expect([fault, simulation.reward_info?.reward]).toEqual([null, 1]);
    expect(simulation.info?.["tau2"]).not.toHaveProperty("grading_fault");
  });

  test("a failed replay is a fault of the environment, not of the judge", async () => {
    const held = await ungraded();
    const messages = (held.messages ?? []).map((message) =>
      message.role === "tool" ? { ...message, content: "Something else" } : message,
    );
    const { simulation, fault } = await gradeSimulation(
      { ...held, messages },
      { environment, task, judge: { judge: async () => judgement } },
    );
    expect(fault).toMatchObject({ class: "infrastructure", role: "environment" });
    expect(simulation).toMatchObject({ reward_info: null, messages, info: { tau2: { grading_fault: { error_type: "Tau2Error" } } } });
  });

  test("a placeholder stays unchanged", async () => {
    const placeholder = { ...(await ungraded()), termination_reason: "infrastructure_error" as const };
    expect(await gradeSimulation(placeholder, { environment, task })).toEqual({ simulation: placeholder, fault: null });
  });
});
