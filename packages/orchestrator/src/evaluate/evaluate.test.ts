import { isTau2Error } from "@tau2/domains";
import type { RewardType } from "@tau2/domains/internal";
import { describe, expect, test } from "vitest";
import { action, asks, conversation, type Event, says, setup, soloSetup, task } from "../../test/to-dos.ts";
import { evaluate, evaluateMaybeSync, evaluateWithoutJudge } from "./evaluate.ts";
import type { EvaluationRequest, EvaluationType } from "./evaluation.ts";
import type { NlJudge } from "./nl-judge.ts";

const complete: Event = { name: "update_task_status", arguments: { task_id: "task_1", status: "completed" } };
const solution = action("update_task_status", complete.arguments);
const bye = asks("###STOP###");
const DONE = [complete, says("The plants are done, that is 1 of 2."), bye];
const NOTHING = [says("I cannot help."), bye];

/** Every component with something to check. */
const criteria = {
  actions: [solution],
  env_assertions: [
    { env_type: "assistant" as const, func_name: "assert_task_status", arguments: { expected_status: "completed", task_id: "task_1" } },
  ],
  communicate_info: ["1 of 2"],
  nl_assertions: ["The agent is polite"],
};

function request(basis: RewardType[], events: Event[], more: Partial<EvaluationRequest> = {}): EvaluationRequest {
  return {
    environment: setup,
    task: task({ ...criteria, reward_basis: basis }),
    messages: conversation(events),
    terminationReason: "user_stop",
    ...more,
  };
}

const judge = (met: boolean): NlJudge => ({
  judge: async ({ assertions }) => ({
    verdicts: assertions.map(() => ({ met, justification: "so it is" })),
    effort: { model: "judge", attempts: 1, cost: 0.25, usage: { prompt_tokens: 9, completion_tokens: 3 } },
  }),
});

const unsupported = expect.toSatisfy((error) => isTau2Error(error, "unsupported"));

const mismatch = expect.toSatisfy((error) => isTau2Error(error, "replay_mismatch"));

describe("a rule settles the reward when", () => {
  test("the conversation was interrupted: 0, with a report on every component", () => {
    const { rewardInfo, report } = evaluateWithoutJudge(request(["DB", "NL_ASSERTION"], DONE, { terminationReason: "max_steps" }));
    expect(rewardInfo).toEqual({
      reward: 0,
      db_check: null,
      env_assertions: null,
      action_checks: null,
      nl_assertions: null,
      communicate_checks: null,
      reward_basis: null,
      reward_breakdown: null,
      info: { note: "Simulation terminated prematurely. Termination reason: max_steps" },
    });
    expect(report.rule).toBe("premature_termination");
    expect(Object.entries(report.components).map(([name, { status, in_basis }]) => [name, status, in_basis])).toEqual([
      ["DB", "met", true],
      ["ENV_ASSERTION", "met", false],
      ["ACTION", "met", false],
      ["COMMUNICATE", "met", false],
      ["NL_ASSERTION", "not_graded", true],
    ]);
  });

  test("it was interrupted during a call: a failed replay is reported, not thrown", () => {
    const { rewardInfo, report } = evaluateWithoutJudge(
      request(["DB"], DONE, { messages: conversation(DONE).slice(0, 1), terminationReason: "timeout" }),
    );
    expect(rewardInfo.reward).toBe(0);
    expect(report.components.DB).toMatchObject({ status: "failed", note: expect.stringContaining("Tool message expected") });
    expect(report.components.ACTION.status).toBe("met");
  });

  test("the task lacks criteria: 1, with nothing checked", () => {
    const { rewardInfo, report } = evaluateWithoutJudge(request([], DONE, { task: task(null) }));
    expect(rewardInfo).toMatchObject({ reward: 1, reward_basis: null, info: { note: "No evaluation criteria" } });
    expect(report.rule).toBe("no_criteria");
    expect(new Set(Object.values(report.components).map(({ status }) => status))).toEqual(new Set(["vacuous"]));
  });
});

describe("the reward is the product of the components in the basis", () => {
  test.each<[RewardType[], Event[], number, object]>([
    [["DB", "ENV_ASSERTION", "ACTION", "COMMUNICATE"], DONE, 1, { DB: 1, ENV_ASSERTION: 1, ACTION: 1, COMMUNICATE: 1 }],
    [["DB", "COMMUNICATE"], [complete, bye], 0, { DB: 1, COMMUNICATE: 0 }],
    [["DB"], [complete, bye], 1, { DB: 1 }],
    [["ACTION", "COMMUNICATE"], NOTHING, 0, { ACTION: 0, COMMUNICATE: 0 }],
    [["COMMUNICATE"], [says("1 of 2"), bye], 1, { COMMUNICATE: 1 }],
    [[], NOTHING, 1, {}],
  ])("%j", (basis, events, reward, breakdown) => {
    const { rewardInfo } = evaluateWithoutJudge(request(basis, events));
    expect(rewardInfo).toMatchObject({ reward, reward_basis: basis });
    expect(rewardInfo.reward_breakdown).toEqual(breakdown);
  });

  test("components outside of the basis are checked, except by the judge", () => {
    const { rewardInfo, report } = evaluateWithoutJudge(request(["DB"], [complete, bye]));
    expect(rewardInfo.action_checks?.[0]?.action_match).toBe(true);
    expect(rewardInfo.communicate_checks?.[0]?.met).toBe(false);
    expect(rewardInfo.nl_assertions).toBeNull();
    expect(report.components.NL_ASSERTION).toMatchObject({ status: "not_graded", note: "not asked for by this evaluation" });
    expect(report.components.COMMUNICATE).toEqual({ status: "unmet", in_basis: false, checked: 1, met: 0, missed: ["1 of 2"], note: null });
  });

  test("all_ignore_basis counts every component without a judge; the environment follows the task's basis", () => {
    const { rewardInfo } = evaluateWithoutJudge(request(["DB"], [complete, bye], { type: "all_ignore_basis" }));
    expect(rewardInfo).toMatchObject({ reward: 0, reward_basis: ["DB", "ENV_ASSERTION", "ACTION", "COMMUNICATE"] });
    expect(rewardInfo.reward_breakdown).toEqual({ DB: 1, ACTION: 1, COMMUNICATE: 0 });
  });
});

describe("a tool result that differs from the record", () => {
  const forged = conversation(DONE).map((message) => (message.role === "tool" ? { ...message, content: "all done" } : message));
  const graded = (type: EvaluationType, strict: boolean) => () =>
    evaluateWithoutJudge(request(["DB"], DONE, { messages: forged, type, strict })).rewardInfo.reward;

  test("is an error unless the evaluation is lenient", () => {
    expect(graded("all", true)).toThrow(mismatch);
    expect(graded("all", false)()).toBe(1);
  });

  test("is an error if the basis is ignored", () => {
    expect(graded("all_ignore_basis", false)).toThrow(mismatch);
    expect(graded("all_with_nl_assertions_ignore_basis", false)).toThrow(mismatch);
  });
});

describe("one component alone", () => {
  test.each([
    ["env", 1, { DB: 1 }, ["DB"]],
    ["action", 1, { ACTION: 1 }, ["DB"]],
    ["communicate", 0, { COMMUNICATE: 0 }, ["DB"]],
  ] as const)("%s", (type, reward, breakdown, basis) => {
    const { rewardInfo } = evaluateWithoutJudge(request(["DB"], [complete, bye], { type }));
    expect(rewardInfo).toMatchObject({ reward, reward_breakdown: breakdown, reward_basis: basis });
  });

  test("a failed replay matters only if the environment counts", () => {
    const broken = request(["DB"], DONE, { messages: conversation(DONE).slice(1) });
    expect(() => evaluateWithoutJudge(broken)).toThrow("Tool message not expected");
    expect(() => evaluateWithoutJudge({ ...broken, type: "env" })).toThrow("Tool message not expected");
    expect(evaluateWithoutJudge({ ...broken, type: "communicate" }).rewardInfo.reward).toBe(1);
  });

  test("a user message cannot be replayed in solo mode", () => {
    expect(() => evaluateWithoutJudge(request(["DB"], DONE, { environment: soloSetup }))).toThrow(
      "User messages are not allowed in solo mode",
    );
  });
});

describe("natural-language assertions", () => {
  test("count by the judge's verdict if the basis has them, and their cost is reported", async () => {
    const { rewardInfo, report } = await evaluate({ ...request(["DB", "NL_ASSERTION"], DONE), judge: judge(false) });
    expect(rewardInfo).toMatchObject({
      reward: 0,
      reward_breakdown: { DB: 1, NL_ASSERTION: 0 },
      nl_assertions: [{ nl_assertion: "The agent is polite", met: false, justification: "so it is" }],
    });
    expect(report.judge).toEqual({ model: "judge", attempts: 1, cost: 0.25, usage: { prompt_tokens: 9, completion_tokens: 3 } });
    expect((await evaluate({ ...request(["DB", "NL_ASSERTION"], DONE), judge: judge(true) })).rewardInfo.reward).toBe(1);
  });

  test("can be judged and recorded without counting", async () => {
    const { rewardInfo } = await evaluate({ ...request(["DB"], DONE, { type: "all_with_nl_assertions" }), judge: judge(false) });
    expect(rewardInfo).toMatchObject({ reward: 1, reward_breakdown: { DB: 1 }, nl_assertions: [{ met: false }] });
    const ignoring = await evaluate({ ...request(["DB"], DONE, { type: "all_with_nl_assertions_ignore_basis" }), judge: judge(false) });
    expect(ignoring.rewardInfo).toMatchObject({ reward: 0, reward_breakdown: { NL_ASSERTION: 0 } });
  });

  test("are graded synchronously by a synchronous judge", async () => {
    const verdict = { met: true, justification: "so it is" };
    const effort = { model: "script", attempts: 1, cost: 0, usage: null };
    const asked = request(["NL_ASSERTION"], DONE);
    const prompt: NlJudge = { judge: ({ assertions }) => ({ verdicts: assertions.map(() => verdict), effort }) };
    expect(evaluateMaybeSync({ ...asked, judge: prompt })).toMatchObject({ rewardInfo: { reward: 1 }, report: { judge: effort } });
    expect(evaluateMaybeSync({ ...asked, judge: judge(true) })).toBeInstanceOf(Promise);
    expect(await evaluate({ ...asked, judge: prompt })).toMatchObject({ rewardInfo: { reward: 1 } });
  });

  test("are an error without a judge, never a silent 1", async () => {
    await expect(evaluate(request(["DB", "NL_ASSERTION"], DONE))).rejects.toEqual(unsupported);
    expect(() => evaluateWithoutJudge(request(["DB"], DONE, { type: "nl_assertions" }))).toThrow(unsupported);
  });

  test("are left out without a judge only on request, with a note", () => {
    const { rewardInfo, report } = evaluateWithoutJudge(request(["DB", "NL_ASSERTION"], DONE, { withoutJudge: "not_graded" }));
    expect(rewardInfo).toMatchObject({ reward: 1, nl_assertions: null, reward_basis: ["DB", "NL_ASSERTION"] });
    expect(rewardInfo.reward_breakdown).toEqual({ DB: 1 });
    expect(rewardInfo.info?.["nl"]).toEqual({ note: "Natural-language assertions were not graded: no judge model" });
    expect(report.components.NL_ASSERTION).toMatchObject({ status: "not_graded", in_basis: true, note: "no judge model" });
  });

  test("cannot be left out if nothing else counts", () => {
    expect(() => evaluateWithoutJudge(request(["NL_ASSERTION"], DONE, { withoutJudge: "not_graded" }))).toThrow(unsupported);
  });

  test("do not need a judge if the task lacks them", () => {
    const none = task({ ...criteria, nl_assertions: [], reward_basis: ["DB", "NL_ASSERTION"] });
    const { rewardInfo, report } = evaluateWithoutJudge(request([], DONE, { task: none }));
    expect(rewardInfo).toMatchObject({
      reward: 1,
      nl_assertions: [],
      reward_breakdown: { DB: 1, NL_ASSERTION: 1 },
      info: { nl: { note: "No nl_assertions to evaluate" } },
    });
    expect(report.components.NL_ASSERTION.status).toBe("vacuous");
  });

  test("are not judged if a rule settles the reward or the replay fails", async () => {
    const never: NlJudge = { judge: () => Promise.reject(new Error("asked")) };
    await evaluate({ ...request(["NL_ASSERTION"], DONE, { terminationReason: "timeout" }), judge: never });
    const broken = request(["NL_ASSERTION"], DONE, { messages: conversation(DONE).slice(1) });
    await expect(evaluate({ ...broken, judge: never })).rejects.toThrow("Tool message not expected");
  });
});

describe("the report", () => {
  test("lists the database paths that differ from the expected state", () => {
    const wrong = [{ name: "update_task_status", arguments: { task_id: "task_2", status: "completed" } }, bye];
    expect(evaluateWithoutJudge(request(["DB"], wrong)).report.components.DB).toEqual({
      status: "unmet",
      in_basis: true,
      checked: 1,
      met: 0,
      missed: ["agent/tasks/task_1/status", "agent/tasks/task_2/status"],
      note: null,
    });
  });

  test("cuts long lists of paths", () => {
    const many = Array.from({ length: 30 }, (_, i) => ({ name: "create_task", arguments: { user_id: "user_1", title: `Chore ${i}` } }));
    const { missed } = evaluateWithoutJudge(request(["DB"], [...many, bye])).report.components.DB;
    expect(missed).toHaveLength(21);
    expect(missed.at(-1)).toMatch(/^and \d+ more$/);
  });

  test("marks empty components as vacuous, and solutions without changes", () => {
    const { report } = evaluateWithoutJudge(request([], NOTHING, { task: task({ actions: [], reward_basis: ["DB", "COMMUNICATE"] }) }));
    expect(report.components.COMMUNICATE).toMatchObject({ status: "vacuous", in_basis: true, checked: 0 });
    expect(report.components.DB).toMatchObject({ status: "met", note: "the solution changes nothing: any change is a fault" });
  });

  test("is plain JSON", () => {
    const { report } = evaluateWithoutJudge(request(["DB"], DONE));
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
