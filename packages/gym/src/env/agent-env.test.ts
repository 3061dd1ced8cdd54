import { mock } from "@tau2/domains/mock";
import { nlJudge } from "@tau2/orchestrator/evaluate";
import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { agentEnv, buyMilk, chores, userSaying } from "../../test/chores.ts";
import { AgentEnv } from "./agent-env.ts";

const names = (tools: readonly { function: { name: string } }[]) => tools.map((tool) => tool.function.name);

describe("reset", () => {
  test("shows what the user says first, the task, the tools and the policy", async () => {
    const { observation, messages, info } = await agentEnv().reset();
    expect(observation).toBe("user: Milk, please.");
    expect(messages).toMatchObject([{ role: "user", content: "Milk, please." }]);
    expect(info).toMatchObject({ task: { id: "milk" }, simulation_run: null, policy: "Help with to-dos." });
    expect(names(info.tools)).toEqual(["create_task", "get_users", "update_task_status", "transfer_to_human_agents", "done"]);
    expect(info).not.toHaveProperty("reward_info");
  });

  test("plays another task when it names one, for that episode", async () => {
    const env = agentEnv();
    expect((await env.reset({ options: { taskId: "note" } })).info.task.id).toBe("note");
    expect((await env.reset()).info.task.id).toBe("milk");
  });

  test("begins again from the untouched data", async () => {
    const env = agentEnv();
    await env.reset();
    await env.step(buyMilk);
    await env.reset();
    expect((await env.step("get_users()")).observation).toBe('tool: [{"user_id": "user_1", "name": "Ada", "tasks": ["task_1"]}]');
  });

  test("continues after the task's history", async () => {
    const { observation } = await agentEnv({ taskId: "resumed" }).reset();
    expect(observation).toBe('tool: [{"user_id": "user_1", "name": "Ada", "tasks": ["task_1"]}]');
  });

  test("an unknown task is an error that names what there is", async () => {
    await expect(agentEnv({ taskId: "mlik" }).reset()).rejects.toThrow(
      "No task found with id mlik for domain mock; there are 4: 'milk', 'note', 'polite', 'resumed'",
    );
  });

  test("no task at all is an error", async () => {
    await expect(new AgentEnv({ domain: mock, data: chores }).reset()).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("`taskId`"),
    });
  });

  test("an episode can be over before the first turn", async () => {
    const env = agentEnv({ user: userSaying("Never mind. ###STOP###") });
    const { observation, info } = await env.reset();
    expect(observation).toBe("");
    expect(info).toMatchObject({ simulation_run: { termination_reason: "user_stop" }, reward_info: { reward: 0 } });
    expect(env.done).toBe(true);
  });
});

describe("step", () => {
  test("tool calls are answered by the environment, words by the user", async () => {
    const env = agentEnv({ user: userSaying("Milk, please.", "Thank you.") });
    await env.reset();
    expect(await env.step("get_users()")).toMatchObject({
      observation: 'tool: [{"user_id": "user_1", "name": "Ada", "tasks": ["task_1"]}]',
      reward: 0,
      terminated: false,
      truncated: false,
      info: { reward_info: null, simulation_run: null },
    });
    expect((await env.step("I see.")).observation).toBe("user: Thank you.");
  });

  test("an unknown tool is answered with an error", async () => {
    const env = agentEnv();
    await env.reset();
    expect((await env.step("fly()")).observation).toBe("tool: Error: Tool 'fly' not found.");
  });

  test("the user's stop ends the episode, with the user's last words and the reward", async () => {
    const env = agentEnv();
    await env.reset();
    await env.step(buyMilk);
    const { observation, reward, terminated, truncated, info } = await env.step("Done.");
    expect({ observation, reward, terminated, truncated }).toEqual({
      observation: "user: ###STOP###",
      reward: 1,
      terminated: true,
      truncated: false,
    });
    expect(info).toMatchObject({
      simulation_run: { task_id: "milk", termination_reason: "user_stop", agent_cost: null, user_cost: 0, trial: null },
      reward_info: { reward: 1, db_check: { db_match: true } },
      report: { components: { DB: { status: "met" } } },
    });
    expect(info.simulation_run?.messages).toHaveLength(6);
  });

  test.each(["done()", '{"name": "done", "arguments": {}}', "Bye. ###STOP###"])("the agent ends it with %s", async (action) => {
    const env = agentEnv();
    await env.reset();
    const { observation, reward, terminated, info } = await env.step(action);
    expect({ observation, reward, terminated }).toEqual({ observation: "", reward: 0, terminated: true });
    expect(info.simulation_run?.termination_reason).toBe("agent_stop");
  });

  test("a limit of steps cuts the episode off: truncated, not terminated", async () => {
    const env = agentEnv({ maxSteps: 3 });
    await env.reset();
    const { observation, reward, terminated, truncated, info } = await env.step(buyMilk);
    expect({ reward, terminated, truncated }).toEqual({ reward: 0, terminated: false, truncated: true });
    expect(observation).toContain('"title": "Buy milk"');
    expect(info.reward_info?.info).toEqual({ note: "Simulation terminated prematurely. Termination reason: max_steps" });
  });

  test("too many errors end it", async () => {
    const env = agentEnv({ maxErrors: 2 });
    await env.reset();
    expect(await env.step("fly()")).toMatchObject({ terminated: false });
    expect(await env.step("fly()")).toMatchObject({
      terminated: true,
      truncated: false,
      info: { simulation_run: { termination_reason: "too_many_errors" } },
    });
  });

  test("a blank action is not taken", async () => {
    const env = agentEnv();
    await env.reset();
    const before = env.snapshot();
    const result = await env.step("  ");
    expect(result).toMatchObject({
      observation: "Invalid action with error: Action cannot be empty",
      messages: [],
      reward: 0,
      terminated: false,
      truncated: false,
      info: { invalid_action: "Action cannot be empty" },
    });
    expect(result.info).not.toHaveProperty("reward_info");
    expect(env.snapshot()).toBe(before);
  });

  test("nothing happens after the end", async () => {
    const env = agentEnv();
    await env.reset();
    await env.step("done()");
    const result = await env.step(buyMilk);
    expect(result).toMatchObject({ observation: "", messages: [], reward: 0, terminated: true, truncated: false });
    expect(result.info.simulation_run?.termination_reason).toBe("agent_stop");
    expect(result.info).not.toHaveProperty("reward_info");
  });

  test("observations can hold everything that was seen", async () => {
    const env = agentEnv({ allMessagesAsObservation: true });
    await env.reset();
    const { observation, messages } = await env.step('{"name": "fly", "arguments": {"height": 10.0}}');
    expect(observation).toBe(
      "assistant: Hi! How can I help you today?\nuser: Milk, please.\nassistant: fly(height=10.0)\ntool: Error: Tool 'fly' not found.",
    );
    expect(messages).toHaveLength(1);
    expect(env.messages).toHaveLength(4);
  });
});

describe("actions as values", () => {
  test("several calls in one action are answered in order", async () => {
    const env = agentEnv();
    await env.reset();
    const { messages } = await env.step({
      content: "Let me see.",
      tool_calls: [
        { name: "create_task", arguments: { user_id: "user_1", title: "Buy milk" } },
        { id: "mine", name: "get_users", arguments: {} },
      ],
    });
    expect(messages).toMatchObject([
      { role: "tool", id: "call_2_1", error: false },
      { role: "tool", id: "mine", content: '[{"user_id": "user_1", "name": "Ada", "tasks": ["task_1", "task_2"]}]' },
    ]);
  });

  test("`done` among other calls ends the episode before they are made", async () => {
    const env = agentEnv();
    await env.reset();
    const { info, reward } = await env.step({
      tool_calls: [
        { name: "create_task", arguments: { user_id: "user_1", title: "Buy milk" } },
        { name: "done", arguments: {} },
      ],
    });
    expect(info.simulation_run?.messages?.at(-1)).toMatchObject({ content: "###STOP###", tool_calls: null });
    expect(reward).toBe(0);
  });

  test("stopping in words while calling tools is not possible", async () => {
    const env = agentEnv();
    await env.reset();
    const { info, terminated } = await env.step({ content: "Bye ###STOP###", tool_calls: [{ name: "get_users", arguments: {} }] });
    expect(terminated).toBe(false);
    expect(info.invalid_action).toBe("A message cannot both stop the conversation and call tools");
  });
});

describe("working alone", () => {
  const alone = () => agentEnv({ solo: true });

  test("begins with nothing to observe, and with the user's tools among the agent's", async () => {
    const { observation, info } = await alone().reset();
    expect(observation).toBe("");
    expect(info.policy).toBe("Do what the ticket says.");
    expect(names(info.tools)).toEqual([
      "create_task",
      "get_users",
      "update_task_status",
      "transfer_to_human_agents",
      "check_notifications",
      "dismiss_notification",
      "done",
    ]);
  });

  test("the work is graded when the agent is done", async () => {
    const env = alone();
    await env.reset();
    await env.step(buyMilk);
    expect(await env.step("done()")).toMatchObject({ reward: 1, terminated: true });
  });

  test("a message does not reach a user", async () => {
    const env = alone();
    await env.reset();
    expect(await env.step("Hello?")).toMatchObject({
      observation: "",
      terminated: true,
      info: { simulation_run: { termination_reason: "agent_error" } },
    });
  });
});

describe("the user", () => {
  test("is a scripted one when none is named", async () => {
    const { observation } = await new AgentEnv({ domain: mock, data: chores, taskId: "milk" }).reset();
    expect(observation).toBe("user: Hello!\nI want to be reminded of the milk.");
  });

  test("is called through its model, with its own tools and the seed of the reset", async () => {
    const model = scriptedModel(["Milk, please."]);
    const { observation } = await agentEnv({ user: model }).reset({ seed: 42 });
    expect(observation).toBe("user: Milk, please.");
    expect(model.requests[0]?.parameters).toEqual({ seed: 42 });
    expect(names(model.requests[0]?.tools ?? [])).toEqual(["check_notifications", "dismiss_notification"]);
    expect(model.requests[0]?.messages[0]?.content).toContain("You want to be reminded of the milk.");
  });

  test("no seed is made up when none is given", async () => {
    const model = scriptedModel(["Milk, please."]);
    await agentEnv({ user: model }).reset();
    expect(model.requests[0]?.parameters).toEqual({});
  });

  test("can be made for each episode, knowing the task and the seed", async () => {
    const env = agentEnv({ user: ({ task, seed }) => userSaying(`${task.id} ${seed}`) });
    expect((await env.reset({ seed: 7 })).observation).toBe("user: milk 7");
    expect((await env.reset({ seed: 8, options: { taskId: "note" } })).observation).toBe("user: note 8");
  });
});

describe("the judge", () => {
  const verdict = (met: boolean) =>
    JSON.stringify({ results: [{ expectedOutcome: "The agent was kind.", reasoning: "It smiled.", metExpectation: met }] });

  test.each([
    [true, 1],
    [false, 0],
  ])("says %j: reward %d, with the seed of the reset", async (met, reward) => {
    const judge = scriptedModel([verdict(met)]);
    const env = agentEnv({ taskId: "polite", judge });
    await env.reset({ seed: 5 });
    await env.step(buyMilk);
    expect(await env.step("done()")).toMatchObject({ reward, info: { reward_info: { nl_assertions: [{ met }] } } });
    expect(judge.requests[0]?.parameters).toEqual({ temperature: 0, seed: 5 });
  });

  test("can be made for each episode", async () => {
    const model = scriptedModel([verdict(true)]);
    const env = agentEnv({ taskId: "polite", judge: ({ task, seed }) => nlJudge({ model, prompt: `${task.id} ${seed}` }) });
    await env.reset({ seed: 3 });
    await env.step("done()");
    expect(model.requests[0]?.messages[0]?.content).toBe("polite 3");
  });

  test("is not asked when a rule settles the reward", async () => {
    const judge = scriptedModel([]);
    const env = agentEnv({ taskId: "polite", judge, maxSteps: 3 });
    await env.reset();
    expect(await env.step(buyMilk)).toMatchObject({ reward: 0, truncated: true });
  });

  test("a task that requires a missing judge is refused on reset", async () => {
    await expect(agentEnv({ taskId: "polite" }).reset()).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringContaining("`judge`"),
    });
  });

  test("or is graded without, when that is wanted", async () => {
    const env = agentEnv({ taskId: "polite", withoutJudge: "not_graded" });
    await env.reset();
    await env.step(buyMilk);
    const { reward, info } = await env.step("done()");
    expect(reward).toBe(1);
    expect(info.report?.components.NL_ASSERTION.status).toBe("not_graded");
  });
});
