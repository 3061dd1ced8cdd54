import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { ModelError, openAiModel } from "@tau2/user-sim";
import { scriptedModel, startModelServer } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { functionAgent } from "../agent/function-agent.ts";
import type { NlJudge } from "../evaluate/nl-judge.ts";
import { emptyStore } from "../../test/empty-store.ts";
import { desk, deskData, deskTask, ringBell, switchOn } from "../../test/desk.ts";
import { agentKinds, userKinds } from "./kinds.ts";
import type { RunEvent } from "./progress.ts";
import { runSimulations, type RunOptions } from "./run-simulations.ts";
const gold = agentKinds.gold.factory({});
const noop = agentKinds.noop.factory({});
const scripted = userKinds.scripted.factory({});
const lamp = deskTask({ id: "lamp" }, { communicate_info: ["42 lumen"] });
const bell = deskTask({ id: "bell" }, { actions: [ringBell, switchOn] });
const judged = deskTask({ id: "judged" }, { nl_assertions: ["The agent was kind."], reward_basis: ["DB", "NL_ASSERTION"] });

function run(fields: Partial<Omit<RunOptions, "domain" | "data">> = {}) {
  const basics = { domain: desk, data: deskData, tasks: [lamp, bell], trials: 1, seed: 300, agent: gold, user: scripted, retryDelayMs: 0 };
  return runSimulations({ ...basics, ...fields });
}

/** An agent whose model fails so often, and then plays the solution. */
function failing(times: number, error: () => Error): RunOptions["agent"] {
  let left = times;
  return (context) => {
    const agent = gold(context);
    return {
      ...agent,
      respond(turn) {
        if (left-- > 0) throw error();
        return agent.respond(turn);
      },
    };
  };
}

const overloaded = () => new ModelError("transient", "overloaded");

describe("a run", () => {
  test("is graded by the components of the evaluation type", async () => {
    const rung = deskTask({ id: "rung" }, { actions: [ringBell], communicate_info: ["42 lumen"], reward_basis: ["DB", "COMMUNICATE"] });
    const silent = (evaluationType: RunOptions["evaluationType"]) => run({ tasks: [rung], agent: noop, evaluationType });
    const rewards = await Promise.all(
      (["communicate", "env", undefined] as const).map(async (type) => (await silent(type)).simulations[0]?.reward_info),
    );
    expect(rewards.map((info) => info?.reward_breakdown)).toEqual([{ COMMUNICATE: 0 }, { DB: 0 }, { DB: 0, COMMUNICATE: 0 }]);
  });

  test("with an evaluation type that looks at natural-language assertions needs a judge, whatever the task's basis is", async () => {
    const kind = deskTask({ id: "kind" }, { nl_assertions: ["The agent was kind."], reward_basis: ["DB"] });
    await expect(run({ tasks: [kind], evaluationType: "all_with_nl_assertions" })).rejects.toMatchObject({ code: "unsupported" });
    await expect(run({ tasks: [kind], evaluationType: "best" as never })).rejects.toMatchObject({ code: "invalid" });
  });

  test("runs every task in every trial, and the solution earns the reward", async () => {
    const { simulations, totals, cancelled } = await run({ trials: 2, concurrency: 1 });
    expect(simulations.map(({ task_id, trial, seed, reward_info }) => [task_id, trial, seed, reward_info?.reward])).toEqual([
      ["lamp", 0, 626729, 1],
      ["bell", 0, 626729, 1],
      ["lamp", 1, 373753, 1],
      ["bell", 1, 373753, 1],
    ]);
    expect(totals).toEqual({
      planned: 4,
      running: 0,
      finished: 4,
      failed: 0,
      reward: 4,
      cost: { agent: 0, user: 0, judge: 0 },
      costComplete: true,
    });
    expect(cancelled).toBe(false);
  });

  test("an agent that does nothing earns nothing", async () => {
    const { totals } = await run({ agent: agentKinds.noop.factory({}) });
    expect(totals).toMatchObject({ finished: 2, reward: 0 });
  });

  test("runs in solo mode", async () => {
    const { simulations, totals } = await run({ solo: true, user: userKinds.dummy_user.factory({}) });
    expect(totals.reward).toBe(2);
    expect(simulations.map(({ termination_reason, policy }) => [termination_reason, policy])).toEqual([
      ["agent_stop", "Be kind to lamps, alone."],
      ["agent_stop", "Be kind to lamps, alone."],
    ]);
  });

  test("records times, policy and report of a conversation", async () => {
    const [simulation] = (await run({ tasks: [lamp] })).simulations;
    expect(simulation).toMatchObject({ termination_reason: "user_stop", policy: "Be kind to lamps.", agent_cost: 0, user_cost: 0 });
    expect(simulation?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(simulation!.start_time <= simulation!.end_time).toBe(true);
    expect(simulation?.info).toMatchObject({ tau2: { report: { components: { DB: { status: "met" }, COMMUNICATE: { status: "met" } } } } });
    expect(simulation?.messages?.map(({ turn_idx }) => turn_idx)).toEqual(simulation?.messages?.map((_, i) => i));
  });

  test("runs exactly `concurrency` simulations at a time", async () => {
    let now = 0;
    const started = { most: 0 };
    const slow: RunOptions["agent"] = (context) => {
      const agent = gold(context);
      return functionAgent(async (turn) => {
        started.most = Math.max(started.most, ++now);
        while (started.most < 4) await nextTurn();
        // One more than allowed would start meanwhile.
        await nextTurn();
        now--;
        return agent.respond(turn);
      });
    };
    await run({ agent: slow, trials: 6, concurrency: 4 });
    expect(started.most).toBe(4);
  });

  test("leaves out simulations that its store has already", async () => {
    const store = emptyStore({ isDone: ({ task, trial }) => task.id === "lamp" && trial === 0 });
    const { simulations, totals } = await run({ trials: 2, store });
    expect(simulations.map(({ task_id, trial }) => `${task_id} ${trial}`).toSorted()).toEqual(["bell 0", "bell 1", "lamp 1"]);
    expect(totals.planned).toBe(3);
  });

  test.each([
    ["no tasks", { tasks: [] }, "No tasks to run"],
    ["no trials", { trials: 0 }, "Number of trials must be greater than 0"],
    ["no steps", { maxSteps: 0 }, "Max steps must be greater than 0"],
    ["no errors", { maxErrors: 0 }, "Max errors must be greater than 0"],
    ["concurrency 0", { concurrency: 0 }, "concurrency must be a whole number from 1"],
    ["a missing judge", { tasks: [judged, lamp] }, "1 of 2 tasks ('judged') are graded by natural-language assertions"],
  ])("a run with %s is refused before the first simulation", async (_, fields, problem) => {
    const started: string[] = [];
    await expect(run({ ...fields, onEvent: ({ type }) => started.push(type) })).rejects.toThrow(problem);
    expect(started).toEqual([]);
  });
});

describe("over the wire", () => {
  test("a model on an HTTP server plays, and its cost is summed", async () => {
    const usage = { prompt_tokens: 1_000_000, completion_tokens: 0 };
    await using server = await startModelServer([
      { toolCalls: [{ id: "c1", name: "switch_lamp", arguments: { on: true } }], usage },
      { content: "It gives 42 lumen now.", usage },
    ]);
    const model = openAiModel({ model: "m", baseUrl: server.baseUrl, price: { input: 2, output: 0 } });
    const agent = agentKinds.llm_agent.factory({ model, parameters: { temperature: 0 } });
    const { simulations, totals } = await run({ tasks: [lamp], agent });
    expect(simulations[0]).toMatchObject({
      reward_info: { reward: 1 },
      messages: [{}, {}, { usage, raw_data: { id: "chatcmpl-1" } }, {}, {}, {}],
    });
    expect([simulations[0]?.agent_cost, totals.cost.agent]).toEqual([4, 4]);
    expect(server.requests[0]?.body).toMatchObject({ model: "m", temperature: 0, seed: 626729, tool_choice: "auto" });
  });

  test("an endpoint that refuses everything gives placeholders and does not end the run", async () => {
    await using server = await startModelServer(() => ({ status: 401, body: { error: { message: "invalid key" } } }));
    const model = openAiModel({ model: "m", baseUrl: server.baseUrl });
    const { totals } = await run({ agent: agentKinds.llm_agent.factory({ model }) });
    expect([totals.failed, server.requests.length]).toEqual([2, 2]);
  });
});

describe("faults", () => {
  test("transient faults restart the conversation with the same seed", async () => {
    const events: RunEvent[] = [];
    const { simulations } = await run({ tasks: [lamp], agent: failing(2, overloaded), onEvent: (event) => events.push(event) });
    expect(simulations).toMatchObject([{ seed: 626729, reward_info: { reward: 1 } }]);
    const retries = events.flatMap((event) =>
      event.type === "retried" ? [[event.stage, event.attempt, event.maxRetries, event.fault.class]] : [],
    );
    expect(retries).toEqual([
      ["conversation", 1, 3, "infrastructure"],
      ["conversation", 2, 3, "infrastructure"],
    ]);
  });

  test("too many faults give a placeholder, and the run continues", async () => {
    const { simulations, totals } = await run({ concurrency: 1, maxRetries: 1, agent: failing(2, overloaded) });
    expect(simulations[0]).toMatchObject({
      task_id: "lamp",
      trial: 0,
      seed: 626729,
      duration: 0,
      termination_reason: "infrastructure_error",
      messages: [],
      reward_info: null,
      agent_cost: null,
      info: {
        error: "overloaded",
        error_type: "ModelError",
        error_traceback: expect.stringContaining("run-simulations.test.ts"),
        failed_after_attempts: 2,
        tau2: { fault: { class: "infrastructure", role: "agent" } },
      },
    });
    expect(totals).toMatchObject({ finished: 1, failed: 1, reward: 1 });
  });

  test("a fault that is not transient is final", async () => {
    const { simulations } = await run({ tasks: [lamp], agent: failing(1, () => new TypeError("oops")) });
    expect(simulations[0]?.info).toMatchObject({ error_type: "TypeError", failed_after_attempts: 1, tau2: { fault: { class: "agent" } } });
  });
});

describe("a judge", () => {
  const verdict = { verdicts: [{ met: true, justification: "It was." }], effort: { model: "judge", attempts: 1, cost: 0.5, usage: null } };
  const judgeAfter = (failures: number, error: () => Error): NlJudge => {
    let left = failures;
    return {
      async judge() {
        if (left-- > 0) throw error();
        return verdict;
      },
    };
  };

  test("a judge is called if a task needs it, and its cost is counted", async () => {
    const { totals } = await run({ tasks: [judged], judge: judgeAfter(0, overloaded) });
    expect(totals).toMatchObject({ reward: 1, cost: { judge: 0.5 } });
  });

  test("a failing judge is retried with the same conversation", async () => {
    const saved: string[] = [];
    const store = emptyStore({ saveConversation: ({ id }) => void saved.push(id) });
    const { simulations } = await run({ tasks: [judged], judge: judgeAfter(2, overloaded), store });
    expect(simulations).toMatchObject([{ id: saved[0], reward_info: { reward: 1 } }]);
    expect(saved).toHaveLength(1);
  });

  test("a judge that keeps failing leaves the conversation without a grade", async () => {
    const { simulations, totals } = await run({ tasks: [judged], judge: judgeAfter(9, () => new TypeError("oops")) });
    expect(simulations[0]).toMatchObject({
      termination_reason: "user_stop",
      reward_info: null,
      info: { tau2: { grading_fault: { error: "oops", class: "judge", role: "judge" } } },
    });
    expect(simulations[0]?.messages?.length).toBeGreaterThan(3);
    expect(totals).toMatchObject({ finished: 0, failed: 1 });
  });

  test("a missing judge leaves assertions out on request", async () => {
    const { simulations } = await run({ tasks: [judged], withoutJudge: "not_graded" });
    expect(simulations[0]?.reward_info).toMatchObject({ reward: 1, nl_assertions: null });
  });
});

describe("an observer of a run", () => {
  test("gets events in order with running totals", async () => {
    const seen: string[] = [];
    await run({
      tasks: [lamp],
      onEvent(event) {
        if (event.type === "step") return;
        const { running, finished } = "totals" in event ? event.totals : { running: -1, finished: -1 };
        seen.push(`${event.type}: ${running} running, ${finished} finished`);
      },
    });
    expect(seen).toEqual(["planned: 0 running, 0 finished", "started: 1 running, 0 finished", "finished: 0 running, 1 finished"]);
  });

  test("gets each step of a conversation", async () => {
    const steps: number[] = [];
    await run({ tasks: [lamp], onEvent: (event) => void (event.type === "step" && steps.push(event.conversation.steps)) });
    expect(steps).toEqual([1, 2, 3, 4, 5]);
  });

  test("a store gets a conversation before its grade, then the result, each awaited", async () => {
    const seen: string[] = [];
    const slowly = async (text: string) => {
      await pause(2);
      seen.push(text);
    };
    await run({
      tasks: [lamp],
      store: emptyStore({
        saveConversation: ({ reward_info }) => slowly(`conversation ${reward_info?.reward}`),
        saveResult: ({ reward_info }) => slowly(`result ${reward_info?.reward}`),
      }),
      onEvent: ({ type }) => void (type === "finished" && seen.push("finished")),
    });
    expect(seen).toEqual(["conversation undefined", "result 1", "finished"]);
  });

  test.each(["saveConversation", "saveResult", "onEvent"] as const)("an error in %s ends the run", async (name) => {
    const full = () => {
      throw new Error("disk full");
    };
    const done: string[] = [];
    const store = emptyStore({ saveResult: ({ id }) => void done.push(id), ...(name === "onEvent" ? {} : { [name]: full }) });
    const outcome = run({ trials: 50, concurrency: 1, store, onEvent: name === "onEvent" ? full : () => undefined });
    await expect(outcome).rejects.toThrow("disk full");
    expect(done.length).toBeLessThan(2);
  });
});

describe("a run that is ended early", () => {
  test("returns the simulations that were done", async () => {
    const controller = new AbortController();
    const { simulations, cancelled, totals } = await run({
      trials: 50,
      concurrency: 1,
      signal: controller.signal,
      store: emptyStore({ saveResult: () => controller.abort(new Error("enough")) }),
    });
    expect(simulations).toMatchObject([{ reward_info: { reward: 1 } }]);
    expect([cancelled, totals.planned, totals.finished, totals.running]).toEqual([true, 100, 1, 0]);
  });

  test("does not wait for a hanging model or a retry delay", async () => {
    await using server = await startModelServer(() => ({ fault: "hang" }));
    const model = openAiModel({ model: "m", baseUrl: server.baseUrl });
    const controller = new AbortController();
    const hanging = run({ agent: agentKinds.llm_agent.factory({ model }), signal: controller.signal });
    while (server.requests.length < 2) await nextTurn();
    controller.abort();
    expect(await hanging).toMatchObject({ simulations: [], cancelled: true });

    const pausing = new AbortController();
    const onEvent = ({ type }: RunEvent) => void (type === "retried" && pausing.abort());
    const outcome = await run({ tasks: [lamp], agent: failing(9, overloaded), retryDelayMs: 3_600_000, signal: pausing.signal, onEvent });
    expect(outcome).toMatchObject({ simulations: [], cancelled: true });
  });

  test("a run that is aborted before its start does nothing", async () => {
    expect(await run({ signal: AbortSignal.abort() })).toMatchObject({ simulations: [], cancelled: true });
  });
});

test("hundreds of simulations share one signal without a warning", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  const agent: RunOptions["agent"] = (context) =>
    functionAgent(async (turn) => {
      await pause(5);
      return gold(context).respond(turn);
    });
  await run({ agent, trials: 100, concurrency: 200, signal: new AbortController().signal });
  await nextTurn();
  process.off("warning", note);
  expect(warnings).toEqual([]);
});

test("an empty message of a model is retried", async () => {
  const model = scriptedModel([{ content: " " }, { toolCalls: [{ id: "1", name: "switch_lamp", arguments: { on: true } }] }, "42 lumen"]);
  const { simulations } = await run({ tasks: [lamp], agent: agentKinds.llm_agent.factory({ model }) });
  expect(simulations).toMatchObject([{ reward_info: { reward: 1 } }]);
});
