import type { JsonObject } from "@tau2/domains";
import { describe, expect, test } from "vitest";
import { runOfChores } from "../../test/run-of-chores.ts";
import { asks, conversation, says, setup, task } from "../../test/to-dos.ts";
import { evaluateWithoutJudge } from "../evaluate/evaluate.ts";
import { getReport } from "./notes.ts";
import { parseResults } from "./read-results.ts";
import { isSoloRun, regrade } from "./regrade.ts";
import type { Results, SimulationRun } from "./results.ts";
import { formatResults } from "./write-results.ts";
const withFirst = (change: Partial<SimulationRun>, more: Partial<Results> = {}): Results => ({
  ...runOfChores,
  ...more,
  simulations: [{ ...runOfChores.simulations[0]!, ...change }],
});

describe("grading again", () => {
  test("gives the rewards on record, and adds our report without touching other notes", async () => {
    const { results, gradings } = await regrade(withFirst({ info: { mine: 1 } }), { environment: setup });
    expect(gradings).toEqual([{ simulation_id: "b-solved", task_id: "chores", trial: 0, before: 1, after: 1, fault: null }]);
    expect(results.simulations[0]?.reward_info).toEqual(runOfChores.simulations[0]?.reward_info);
    expect(results.simulations[0]?.info).toMatchObject({ mine: 1, tau2: { form: 1 } });
    expect(getReport(results.simulations[0]!)?.components.DB.status).toBe("met");
  });

  test("follows the tasks in the file, and says what changed", async () => {
    const harder = task({ communicate_info: ["never said"] });
    const { gradings } = await regrade({ ...runOfChores, tasks: [harder] }, { environment: setup });
    expect(gradings.map(({ before, after }) => [before, after])).toEqual([
      [1, 0],
      [0, 0],
    ]);
  });

  test("passes over answers that come out differently today, unless it is to be strict: then the old grade stays, with the reason", async () => {
    const messages = runOfChores.simulations[0]!.messages!.map((message) =>
      message.role === "tool" ? { ...message, content: "{}" } : message,
    );
    expect((await regrade(withFirst({ messages }), { environment: setup })).gradings[0]).toMatchObject({ after: 1, fault: null });
    const strict = await regrade(withFirst({ messages }), { environment: setup, strict: true });
    expect(strict.gradings[0]).toMatchObject({ before: 1, after: 1, fault: expect.stringContaining("replaying update_task_status") });
    expect(strict.results.simulations[0]?.info).toBeNull();
  });

  test.each(["__proto__", "constructor", "prototype"])("gives the same reward for a refused argument named %s", async (name) => {
    const args = JSON.parse(`{"task_id": "task_1", "status": "completed", "${name}": {"a": 1}}`) as JsonObject;
    const messages = conversation([
      says("Hi!"),
      asks("Plants, please"),
      { name: "update_task_status", arguments: args },
      asks("###STOP###"),
    ]);
    expect(messages.find(({ role }) => role === "tool")?.content).toContain(`'${name}'`);
    const parts = { environment: setup, task: runOfChores.tasks[0]!, messages, terminationReason: "user_stop" } as const;
    const played = withFirst({ messages, reward_info: evaluateWithoutJudge(parts).rewardInfo });
    const stored = parseResults(formatResults(played));
    expect(formatResults(stored)).toBe(formatResults(played));
    const { gradings } = await regrade(stored, { environment: setup, strict: true });
    expect(gradings[0]).toMatchObject({ before: 0, after: 0, fault: null });
  });

  test("leaves what never happened as it is", async () => {
    const placeholder = withFirst({ termination_reason: "infrastructure_error", reward_info: null, messages: [] });
    expect((await regrade(placeholder, { environment: setup })).results).toEqual(placeholder);
  });

  test("says which task is missing", async () => {
    expect((await regrade({ ...runOfChores, tasks: [] }, { environment: setup })).gradings[0]?.fault).toContain("'chores'");
  });

  test("keeps the recorded verdicts without a judge, and calls the judge if there is one", async () => {
    const judged = task({ nl_assertions: ["Polite"], reward_basis: ["NL_ASSERTION"] });
    const reward_info = {
      ...runOfChores.simulations[0]!.reward_info!,
      reward: 0,
      nl_assertions: [{ nl_assertion: "Polite", met: false, justification: "rude" }],
    };
    const kept = await regrade(withFirst({ reward_info }, { tasks: [judged] }), { environment: setup });
    expect(kept.results.simulations[0]?.reward_info).toMatchObject({ reward: 0, nl_assertions: [{ met: false, justification: "rude" }] });
    const judge = {
      judge: async () => ({ verdicts: [{ met: true, justification: "fine" }], effort: { model: "j", attempts: 1, cost: 1, usage: null } }),
    };
    const anew = await regrade(withFirst({ reward_info }, { tasks: [judged] }), { environment: setup, judge });
    expect(anew.gradings[0]).toMatchObject({ before: 0, after: 1 });
    const none = await regrade(withFirst({}, { tasks: [judged] }), { environment: setup });
    expect(none.gradings[0]?.fault).toContain("verdict for 'Polite'");
  });
});

test("a run was held alone when the solo agent worked with the dummy user", () => {
  const { agent_info, user_info } = runOfChores.info;
  expect(isSoloRun({ agent_info, user_info })).toBe(false);
  expect(
    isSoloRun({
      agent_info: { ...agent_info, implementation: "llm_agent_solo" },
      user_info: { ...user_info, implementation: "dummy_user" },
    }),
  ).toBe(true);
});
