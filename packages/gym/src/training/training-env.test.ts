import { describe, expect, test } from "vitest";
import { userSaying } from "../../test/chores.ts";
import { buyMilk, onChores, say, training } from "../../test/training.ts";
import type { Tau2BenchKeywords } from "./config.ts";
import type { ActionInput } from "./messages.ts";
import type { EpisodeState } from "./state.ts";
import { getEnv } from "./tau2bench-env.ts";

const listUsers: ActionInput = { type: "function_call", name: "get_users", arguments: {} };
const users = '[{"user_id": "user_1", "name": "Ada", "tasks": ["task_1"]}]';
const message = (text: string | null): ActionInput => ({ type: "message", text });

function begin(keywords: Tau2BenchKeywords = {}) {
  const env = getEnv("tau2bench", { ...onChores, user: userSaying("Milk, please.", "And?", "Well?"), ...keywords, is_async: false });
  const state = env.reset();
  return { env, state, take: (...parsed_actions: ActionInput[]) => env.step({ parsed_actions, current_state: state }) };
}

/** Returns the contents of the messages to the model. */
function texts({ new_messages }: EpisodeState): string[] {
  return new_messages.map((one) => ("output" in one ? `tool: ${one.output}` : `user: ${one.content}`));
}

describe("reset", () => {
  test("gives the user's first words, and everything that trainers go by", () => {
    const { env } = begin({ seed: 5 });
    const state = env.reset({ sample_idx: 4, generation_idx: 2, try_step: 1, batch_idx: 7 });
    expect(JSON.parse(JSON.stringify(state))).toEqual({
      system_prompt: env.systemPrompt,
      new_messages: [{ role: "user", content: "Milk, please." }],
      model_response: null,
      prior_messages: [],
      tools: env.tools,
      task_id: "note",
      sample_id: 4,
      generation_id: 2,
      batch_id: 7,
      try_step: 1,
      timestep: 0,
      metadata: { correct: 0, total: 1 },
      first_obs_to_show: 2,
      last_obs_to_show: null,
    });
    expect(Object.keys(state.tau2_info).toSorted()).toEqual(["policy", "simulation_run", "task", "tools"]);
  });

  test("goes around the list of its split, or of the one that it names", () => {
    const { env } = begin();
    expect([env.length, env.adjustSampleIdx(7), env.adjustSampleIdx(-1)]).toEqual([3, 1, 2]);
    expect(env.reset({ sample_idx: 3, split: "test" }).task_id).toBe("resumed");
    env.split = "eval";
    expect([env.length, env.reset().task_id]).toEqual([1, "resumed"]);
  });

  test("takes the user to ask for help where it said nothing", () => {
    const { env } = begin({ user: userSaying("###STOP###") });
    const state = env.reset();
    expect(texts(state)).toEqual(["user: Hello, I need help."]);
    expect(env.step({ parsed_actions: [say("Hello?")], current_state: state })).toMatchObject({ done: true, reward: 0 });
  });

  test("refuses what leads to no task, and says what would", () => {
    expect(() => begin({ task_split: "base", num_train_tasks: 0 })).toThrow("the list 'train' is empty: raise num_train_tasks");
    expect(() => begin().env.reset({ sample_idx: 0.5 })).toThrow("sample_idx is 0.5; it must be an integer");
    expect(() => begin().env.reset({ sample_idx: -1 })).toThrow("Seed must be greater or equal to zero, actual value: -1");
    expect(() => begin().env.reset({ split: "dev" as never })).toThrow("unknown split 'dev'");
    expect(() => begin().env.reset({ sample_ix: 1 } as never)).toThrow("reset: unknown keyword 'sample_ix'; did you mean 'sample_idx'?");
  });

  test("refuses a task that requires a missing judge, unless its assertions do not count", () => {
    expect(() => begin().env.reset({ sample_idx: 2 })).toThrow(
      /task 'polite' depends on natural-language assertions.*without_judge: "not_graded"/,
    );
    const { env } = begin({ without_judge: "not_graded" });
    const step = env.step({
      parsed_actions: [buyMilk, { type: "function_call", name: "done" }],
      current_state: env.reset({ sample_idx: 2 }),
    });
    expect([step.reward, step.state.tau2_info.report?.components.NL_ASSERTION.status]).toEqual([1, "not_graded"]);
  });

  test("gives user and judge the environment's seed plus the sample's index", () => {
    const seeds: (number | null)[] = [];
    const keywords: Tau2BenchKeywords = {
      seed: 40,
      user({ seed }) {
        seeds.push(seed);
        return userSaying("Hi");
      },
    };
    begin(keywords).env.reset({ sample_idx: 2, split: "test", generation_idx: 1 });
    expect(seeds).toEqual([40, 42]);
  });
});

describe("a turn", () => {
  test("without actions tells the model so", () => {
    const { state, reward, done, truncated } = begin().take();
    expect(texts(state)).toEqual(["user: No actions were parsed. Please use tool calls to continue."]);
    expect({ reward, done, truncated, made: state.metadata.made_tool_call }).toEqual({
      reward: 0,
      done: false,
      truncated: false,
      made: false,
    });
    expect(texts(begin().take({ type: "thought", text: "hm" }).state)).toEqual(texts(state));
  });

  test("gives each call its answer", () => {
    const { state } = begin().take({ ...listUsers, call_id: "a" }, { ...listUsers, call_id: "b" });
    expect(state.new_messages).toEqual(
      ["a", "b"].map((call_id) => ({ role: "tool", type: "function_call_output", call_id, output: users })),
    );
  });

  test("passes over thoughts before a call, and says words that stand at the end", () => {
    expect(texts(begin().take(message("hm"), listUsers).state)).toEqual([`tool: ${users}`]);
    expect(texts(begin().take(listUsers, message("Hello?")).state)).toEqual([`tool: ${users}`, "user: And?"]);
    expect(texts(begin().take({ type: "reasoning", text: "Hello?" }).state)).toEqual(["user: And?"]);
  });

  test("says the words of respond_user, and confirms them whatever becomes of them", () => {
    expect(texts(begin().take(say("Hello?")).state)).toEqual(["tool: Message sent to user.", "user: And?"]);
    expect(texts(begin().take(say(" ")).state)).toEqual([
      "tool: Message sent to user.",
      "user: Invalid action with error: Action cannot be empty",
    ]);
    expect(texts(begin().take({ ...say(""), arguments: null }).state)).toEqual(texts(begin().take(say("")).state));
    expect(texts(begin().take(say("get_users()")).state)).toEqual(["tool: Message sent to user.", `user: ${users}`]);
  });

  test.each([
    [null, "NoneType"],
    [7, "int"],
    [7.5, "float"],
    [true, "bool"],
    [[], "list"],
    [{}, "dict"],
  ])("whose words are not text is refused: %j", (text, type) => {
    const { state, done } = begin().take({ ...say(""), arguments: { text } });
    expect(texts(state)[1]).toBe(`user: Invalid action with error: '${type}' object has no attribute 'strip'`);
    expect([done, state.tau2_info.invalid_action]).toEqual([false, `'${type}' object has no attribute 'strip'`]);
  });

  test("shows the error of a tool, and continues", () => {
    const { state, done } = begin().take({ type: "function_call", name: "x" }, listUsers);
    expect([texts(state), done]).toEqual([["tool: Error: Tool 'x' not found.", `tool: ${users}`], false]);
  });

  test("with a call without a name is a message to the user", () => {
    expect(texts(begin().take({ type: "function_call", arguments: { a: 1 } }).state)).toEqual(["tool: And?"]);
  });

  test("without a word ends the episode, which can be gone on with", () => {
    const { env, take } = begin();
    const { state, ...end } = take(message(" \n"));
    expect(texts(state)).toEqual(["user: You must use tool calls to interact. Please try again."]);
    expect([end.reward, end.done, end.truncated, state.try_step]).toEqual([0, true, true, 1]);
    expect(texts(env.step({ parsed_actions: [listUsers], current_state: state }).state)).toEqual([`tool: ${users}`]);
  });

  test("stops at the end of the conversation, and has its reward", () => {
    const { state, reward, done, info } = begin().take(buyMilk, { type: "function_call", name: "done", call_id: "d" }, listUsers);
    expect(texts(state).slice(1)).toEqual(["tool: No output."]);
    expect([reward, done, state.try_step]).toEqual([1, true, 0]);
    expect(Object.entries(info)).toEqual([
      ["correct", 1],
      ["total", 1],
      ["reward", 1],
      ["done", true],
      ["truncated", false],
      ["made_tool_call", true],
      ["task_id", "milk"],
    ]);
    expect(state.tau2_info.simulation_run?.termination_reason).toBe("agent_stop");
  });

  test("after the end comes to nothing", () => {
    const { env, take } = begin();
    const { state } = take(buyMilk, { type: "function_call", name: "done" });
    const after = (action: ActionInput) => env.step({ parsed_actions: [action], current_state: state });
    expect(texts(after(listUsers).state)).toEqual(["tool: No output."]);
    expect(texts(after(say("Hello?")).state)).toEqual(["tool: Message sent to user."]);
    expect(texts(after({ ...say(""), arguments: { text: 7 } }).state)).toEqual(["tool: Message sent to user."]);
    expect(after(message("Hello?"))).toMatchObject({ reward: 0, done: true, info: { correct: 1, made_tool_call: false } });
  });

  test("more than max_turns is played in full, and truncates the episode", () => {
    const { env, state } = begin({ max_turns: 1, truncation_message: "Only {max_turns}." });
    const first = env.step({ parsed_actions: [buyMilk], current_state: state });
    expect([first.done, first.truncated]).toEqual([false, false]);
    const second = env.step({ parsed_actions: [{ type: "function_call", name: "done" }], current_state: first.state });
    expect(texts(second.state)).toEqual(["tool: No output.", "user: Only 1."]);
    expect([second.reward, second.done, second.truncated, second.state.try_step]).toEqual([1, true, true, 1]);
    const third = env.step({ parsed_actions: [], current_state: second.state });
    expect([third.truncated, third.state.try_step]).toEqual([true, 2]);
  });

  test("more than max_steps ends the conversation without a reward, but does not truncate it", () => {
    const { reward, done, truncated } = begin({ max_steps: 3 }).take(buyMilk, listUsers);
    expect({ reward, done, truncated }).toEqual({ reward: 0, done: true, truncated: false });
  });

  test("keeps what the model was shown and said, as it was then", () => {
    const { env, state } = begin();
    const current_messages = [{ role: "system", content: "s" }];
    const model_response = [{ role: "assistant", content: "x" }];
    const next = env.step({ parsed_actions: [], current_state: state, current_messages, model_response }).state;
    current_messages.push({ role: "user", content: "later" });
    expect([next.prior_messages, next.model_response]).toEqual([[{ role: "system", content: "s" }], model_response]);
  });

  test("refuses values that are not a state or an action, naming the wrong part", () => {
    const { env, state, take } = begin();
    const from = (current_state: unknown) => () => env.step({ parsed_actions: [], current_state: current_state as never });
    expect(from(JSON.parse(JSON.stringify(state)))).toThrow("current_state is not a state of an environment");
    expect(from(null)).toThrow("current_state is not a state of an environment");
    expect(() => env.step({ parsed_action: [], current_state: state } as never)).toThrow(
      "step: unknown keyword 'parsed_action'; did you mean 'parsed_actions'?",
    );
    expect(() => env.step({ parsed_actions: "x" as never, current_state: state })).toThrow("parsed_actions is not a list");
    expect(() => env.step({ parsed_actions: [], current_state: state, current_messages: "x" as never })).toThrow(
      "current_messages is not a list",
    );
    expect(() => take({ name: "x" } as never)).toThrow("parsed_actions[0].type is missing");
    expect(() => take(listUsers, { ...listUsers, name: 3 as never })).toThrow("parsed_actions[1].name is not a string");
    expect(() => take({ ...listUsers, arguments: "{" as never })).toThrow("parsed_actions[0].arguments is not JSON");
    expect(() => take({ ...listUsers, args: {} } as never)).toThrow("parsed_actions[0]: unknown keyword 'args'");
    expect(() => take(null as never)).toThrow("parsed_actions[0] is not an object");
  });
});

describe("a state", () => {
  test("is a value: every step from it is a branch of its own", () => {
    const { env, state, take } = begin();
    const bought = take(buyMilk).state;
    const done: ActionInput = { type: "function_call", name: "done" };
    expect(env.step({ parsed_actions: [done], current_state: bought }).reward).toBe(1);
    expect(env.step({ parsed_actions: [done], current_state: state }).reward).toBe(0);
    expect(env.step({ parsed_actions: [done], current_state: bought }).reward).toBe(1);
    expect(texts(env.step({ parsed_actions: [say("Hello?")], current_state: { ...state, try_step: 3 } }).state)[1]).toBe("user: And?");
  });

  test("belongs to no other episode of the same environment", () => {
    const { env } = begin();
    let states = Array.from({ length: 5 }, (_, i) => env.reset({ generation_idx: i }));
    states = states.map((current_state, i) => env.step({ parsed_actions: i % 2 === 0 ? [buyMilk] : [], current_state }).state);
    const rewards = states.map(
      (current_state) => env.step({ parsed_actions: [{ type: "function_call", name: "done" }], current_state }).reward,
    );
    expect(rewards).toEqual([1, 0, 1, 0, 1]);
  });
});

describe("the environment", () => {
  test("tells the model who it is, the policy, and that it acts through tools", () => {
    const { env } = begin({ system_prompt: "You are Bo." });
    expect(env.systemPrompt).toMatch(
      /^You are Bo\.\n\n<policy>\nHelp with to-dos\.\n<\/policy>\n\nThe user sees only what you send with the `respond_user` tool/,
    );
    expect(env.buildSystemPrompt("I am Bo.")).toBe(env.systemPrompt.replace("You are Bo.", "I am Bo."));
    const without = begin({ data: { ...training, policy: "" } }).env;
    expect(without.systemPrompt).not.toContain("<policy>");
  });

  test("lists tools flat, with done and respond_user last", () => {
    const { env, state } = begin();
    expect(env.tools.slice(-2)).toMatchObject([
      { type: "function", name: "done", description: "Call this function when you are done with the task." },
      {
        type: "function",
        name: "respond_user",
        parameters: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
      },
    ]);
    expect(env.tools[0]).toMatchObject({ type: "function", name: "create_task", parameters: { required: ["user_id", "title"] } });
    expect(state.tools).toBe(env.tools);
  });

  test("reorders a list by a seed alone", () => {
    const order = (seed?: number) => {
      const { env } = begin({ data_seed: 3 });
      env.shuffle(seed);
      return env.datasets.train.map(({ id }) => id).join();
    };
    expect(order()).toBe(order(3));
    expect(new Set([1, 2, 3, 4, 5, 6, 7, 8].map(order)).size).toBeGreaterThan(1);
    expect(order(1).split(",").toSorted()).toEqual(["milk", "note", "polite"]);
  });

  test("tells a log about its lists, and of the first reset when it is to be verbose", () => {
    const lines: string[] = [];
    const { env } = begin({ log: (line) => lines.push(line), verbose: true });
    env.reset({ generation_idx: 1 });
    expect(lines).toEqual([
      "tau2bench [mock] train: 3 tasks (IDs: ['milk', 'note', 'polite'])",
      "tau2bench [mock] eval: 1 tasks (IDs: ['resumed'])",
      "tau2bench [mock] test: 1 tasks (IDs: ['resumed'])",
      "tau2bench reset: task_id=milk, obs=user: Milk, please....",
    ]);
  });
});
