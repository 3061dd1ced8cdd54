import { mock } from "@tau2/domains/mock";
import { ModelError } from "@tau2/user-sim";
import { scriptedModel, startModelServer } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { userSaying } from "../../test/chores.ts";
import { startModelProcess } from "../../test/model-process.ts";
import { buyMilk, onChores, say } from "../../test/training.ts";
import { getEnv, AsyncTau2BenchEnv, Tau2BenchEnv } from "./tau2bench-env.ts";

const wish = "You want to be reminded of the milk.";
const { user, ...withoutUser } = onChores;

describe("the environment without promises", () => {
  test("calls a synchronous user in the same thread", () => {
    const env = getEnv("tau2bench", { ...withoutUser, user });
    const state = env.reset();
    expect(state.new_messages).toEqual([{ role: "user", content: "Milk, please." }]);
    const { reward, done } = env.step({ parsed_actions: [buyMilk, say("Done.")], current_state: state });
    expect({ reward, done }).toEqual({ reward: 1, done: true });
  });

  test("blocks until a model in another process has answered", async () => {
    await using model = await startModelProcess("Milk, please.", "Thanks ###STOP###");
    const env = getEnv("tau2bench", {
      ...withoutUser,
      user_llm: "m",
      user_base_url: model.baseUrl,
      user_llm_args: { max_tokens: 9 },
      seed: 3,
    });
    const state = env.reset();
    expect(state.new_messages).toEqual([{ role: "user", content: "Milk, please." }]);
    const { reward, done } = env.step({ parsed_actions: [buyMilk, say("Done.")], current_state: state });
    expect({ reward, done }).toEqual({ reward: 1, done: true });
    env.close();
    const requests = await model.requests();
    expect(requests).toMatchObject([
      { model: "m", max_tokens: 9, seed: 3 },
      { messages: [{ role: "system" }, {}, {}, { content: "Done." }] },
    ]);
    expect(requests[0]!.messages[0]!.content).toContain(wish);
  });

  test("receives the error of the model in the state and in the step, and can take the step again", async () => {
    await using model = await startModelProcess(401, "Milk, please.", 400, "Thanks ###STOP###");
    const env = getEnv("tau2bench", { ...withoutUser, user_llm: "m", user_base_url: model.baseUrl });
    const { metadata } = env.reset();
    expect(metadata.error).toMatchObject({ class: "infrastructure", role: "user", message: expect.stringContaining("status 401") });
    const state = env.reset();
    const lost = env.step({ parsed_actions: [buyMilk, say("Done.")], current_state: state });
    expect(lost).toMatchObject({ reward: null, done: true, info: { error: { message: expect.stringContaining("status 400") } } });
    expect(env.step({ parsed_actions: [buyMilk, say("Done.")], current_state: state })).toMatchObject({ reward: 1, done: true });
    env.close();
  });

  test("has assertions judged by the user's model, or by one of their own", async () => {
    const verdict = JSON.stringify({ results: [{ expectedOutcome: "The agent was kind.", reasoning: "so", metExpectation: true }] });
    await using customer = await startModelProcess("Milk, please.", "Thanks ###STOP###");
    await using judge = await startModelProcess(verdict);
    const env = getEnv("tau2bench", {
      ...withoutUser,
      user_llm: "m",
      user_base_url: customer.baseUrl,
      judge_llm: "j",
      judge_base_url: judge.baseUrl,
    });
    const state = env.reset({ sample_idx: 2 });
    expect(state.task_id).toBe("polite");
    const step = env.step({ parsed_actions: [buyMilk, say("Done.")], current_state: state });
    env.close();
    expect([step.info.error, step.reward]).toEqual([undefined, 1]);
    expect(await judge.requests()).toMatchObject([{ model: "j", temperature: 0, seed: 2 }]);
  });

  test("refuses participants that return promises", () => {
    expect(() => getEnv("tau2bench", { ...withoutUser, user: scriptedModel(["Hello"]) })).toThrow("the model in `user` returns promises");
    const slow = { ...userSaying("Hello"), respond: async () => ({ role: "user" as const, content: "Hello", tool_calls: null }) };
    expect(() => getEnv("tau2bench", { ...withoutUser, user: slow }).reset()).toThrow("give is_async: true");
  });
});

const done = { type: "function_call", name: "done" };

describe("the environment with promises", () => {
  test("shows the same as the one without", async () => {
    const sync = getEnv("tau2bench", onChores);
    const async = getEnv("tau2bench", { ...onChores, is_async: true });
    const [one, other] = [sync.reset({ sample_idx: 1 }), await async.reset({ sample_idx: 1 })];
    const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
    expect(plain(other)).toEqual(plain(one));
    const step = { parsed_actions: [buyMilk, say("Done.")], current_messages: null };
    expect(plain(await async.step({ ...step, current_state: other }))).toEqual(plain(sync.step({ ...step, current_state: one })));
  });

  test("lets other episodes continue while a model answers", async () => {
    let othersAreDone: () => void = () => {};
    const wait = new Promise<void>((resolve) => {
      othersAreDone = resolve;
    });
    await using server = await startModelServer(async ({ body }) => {
      const { content } = (body["messages"] as { content: string }[]).at(-1)!;
      if (content === "slow") await wait;
      return content === "slow" ? "slow ###STOP###" : `heard ${content}`;
    });
    const env = getEnv("tau2bench", { ...withoutUser, user_llm: "m", user_base_url: server.baseUrl, is_async: true });
    const states = await Promise.all([0, 1, 2].map((generation_idx) => env.reset({ generation_idx })));
    const order: string[] = [];
    const words = ["slow", "b", "c"];
    const steps = await Promise.all(
      words.map(async (word, i) => {
        const step = await env.step({ parsed_actions: [say(word)], current_state: states[i]! });
        if (order.push(word) === 2) othersAreDone();
        return step;
      }),
    );
    expect(order.at(-1)).toBe("slow");
    expect(steps.map((step) => step.done)).toEqual([true, false, false]);
    expect(steps[2]!.state.new_messages).toContainEqual({ role: "user", content: "heard c" });
    expect(server.requests[0]!.body).toMatchObject({ temperature: 0, seed: 0 });
  });

  test("has the reward null and an error after a failure of the user's model, and can take the same step again", async () => {
    const overload = new ModelError("transient", "overloaded", { status: 529 });
    const model = scriptedModel(["Milk, please.", overload, "Thanks ###STOP###"]);
    const env = getEnv("tau2bench", { ...withoutUser, user: model, is_async: true });
    const state = await env.reset();
    const step = { parsed_actions: [buyMilk, say("Done.")], current_state: state };
    const lost = await env.step(step);
    expect(lost).toMatchObject({
      reward: null,
      done: true,
      info: { reward: null, error: { class: "infrastructure", role: "user", transient: true } },
    });
    expect(await env.step({ ...step, current_state: lost.state })).toMatchObject({ reward: null, done: true, info: { error: {} } });
    expect(await env.step(step)).toMatchObject({ reward: 1, done: true });
  });

  test("has an error in the state if the user's model fails on reset", async () => {
    const env = getEnv("tau2bench", { ...withoutUser, user: scriptedModel([new ModelError("timeout", "late")]), is_async: true });
    const state = await env.reset();
    expect(state.metadata).toMatchObject({ correct: 0, total: 1, error: { class: "timeout", message: "late" } });
    expect(state.new_messages).toEqual([{ role: "user", content: "Hello, I need help." }]);
    expect(await env.step({ parsed_actions: [done], current_state: state })).toMatchObject({ reward: null, done: true });
  });

  test("has the reward null if the judge fails: after a call the model receives the error, and the try is used up", async () => {
    const judge = { judge: () => Promise.reject(new TypeError("judge down")) };
    const env = getEnv("tau2bench", { ...onChores, judge, is_async: true });
    const state = await env.reset({ sample_idx: 2 });
    const called = await env.step({ parsed_actions: [done], current_state: state });
    expect(called.state.new_messages).toMatchObject([{ output: "Tool call error for 'done': TypeError: judge down" }]);
    expect(called).toMatchObject({
      reward: null,
      done: true,
      truncated: true,
      info: { error: { class: "judge" } },
      state: { try_step: 1 },
    });
    const said = await env.step({ parsed_actions: [say("Done.")], current_state: state });
    expect(said).toMatchObject({
      reward: null,
      done: true,
      truncated: false,
      info: { error: { message: "judge down" } },
      state: { try_step: 0 },
    });
  });

  test("gives up waiting when told so", async () => {
    const never = { ...userSaying("Milk, please."), respond: () => new Promise<never>(() => {}) };
    const env = getEnv("tau2bench", { ...onChores, user: never, is_async: true });
    const state = await env.reset({ signal: AbortSignal.abort(new Error("enough")) });
    expect(state.metadata.error).toMatchObject({ class: "cancelled", message: expect.stringContaining("enough") });
    const open = await getEnv("tau2bench", { ...onChores, is_async: true }).reset();
    const slow = getEnv("tau2bench", { ...onChores, is_async: true });
    await expect(slow.step({ parsed_actions: [], current_state: open, sginal: undefined } as never)).rejects.toThrow(
      "did you mean 'signal'?",
    );
  });
});

const starter = { data_dir: null, user: "scripted" } as const;

describe("getEnv", () => {
  test("gives the environment without promises, unless is_async is true", () => {
    expect(getEnv("tau2bench", onChores)).toBeInstanceOf(Tau2BenchEnv);
    expect(getEnv("tau2bench", { ...onChores, is_async: false })).toBeInstanceOf(Tau2BenchEnv);
    expect(getEnv("tau2bench", { ...onChores, is_async: true })).toBeInstanceOf(AsyncTau2BenchEnv);
  });

  test("refuses other environments", () => {
    expect(() => getEnv("textworld")).toThrow("Sorry invalid environment: 'textworld'. There is 'tau2bench'");
    expect(() => getEnv("tau2bench", { ...onChores, name: "hotpotqa_mc" as never })).toThrow("Sorry invalid environment: 'hotpotqa_mc'.");
  });

  test("refuses a keyword that does not exist, and names the nearest", () => {
    expect(() => getEnv("tau2bench", { ...onChores, max_step: 3 } as never)).toThrow(
      "unknown keyword 'max_step'; did you mean 'max_steps'?",
    );
    expect(() => getEnv("tau2bench", { ...onChores, userLlm: "m" } as never)).toThrow("did you mean 'user_llm'?");
  });

  test("refuses a value of the wrong kind, and names the keyword", () => {
    expect(() => getEnv("tau2bench", { ...onChores, max_turns: null as never })).toThrow("environment config is not valid: max_turns: ");
    expect(() => getEnv("tau2bench", { ...onChores, user: "human" as never })).toThrow('user: must be "scripted", a user, a model');
    expect(() => getEnv("tau2bench", { ...onChores, split: "dev" as never })).toThrow("split: ");
    expect(() => getEnv("tau2bench", { ...onChores, truncation_message: "{x}" })).toThrow("only {max_turns} can be filled in");
  });

  test("knows four domains by name, and takes one as a value", () => {
    const sizes = ["airline", "retail", "telecom", "mock"].map((domain) => {
      const env = getEnv("tau2bench", { ...starter, domain });
      return [domain, env.tools.length, env.length > 0];
    });
    expect(sizes).toEqual([
      ["airline", 16, true],
      ["retail", 18, true],
      ["telecom", 15, true],
      ["mock", 6, true],
    ]);
    expect(getEnv("tau2bench", { ...starter, domain: mock }).systemPrompt).toBe(
      getEnv("tau2bench", { ...starter, domain: "mock" }).systemPrompt,
    );
    expect(() => getEnv("tau2bench", { ...starter, domain: "airlines" })).toThrow("unknown domain 'airlines'; did you mean 'airline'?");
  });

  test("wants a key or an address for a user that is a model, when it is made", () => {
    const { OPENAI_API_KEY, OPENAI_BASE_URL } = process.env;
    delete process.env["OPENAI_API_KEY"];
    delete process.env["OPENAI_BASE_URL"];
    try {
      for (const is_async of [false, true]) {
        const make = (more: object) => getEnv("tau2bench", { domain: "mock", data_dir: null, is_async, ...more });
        expect(() => make({})).toThrow(
          /no key for model 'gpt-4.1-2025-04-14'.*user_api_key and user_base_url; user: "scripted" needs neither/,
        );
        expect(() => make({ user: "scripted", judge_llm: "j" })).toThrow(/no key for model 'j'.*judge_api_key and judge_base_url/);
        expect(() => make({ user_api_key: "k" })).not.toThrow();
      }
    } finally {
      Object.assign(
        process.env,
        OPENAI_API_KEY === undefined ? {} : { OPENAI_API_KEY },
        OPENAI_BASE_URL === undefined ? {} : { OPENAI_BASE_URL },
      );
    }
  });

  test("returns the tools, first message and tool result of the first example of act-prm", () => {
    const env = getEnv("tau2bench", { ...starter, domain: "airline", num_train_tasks: 5, num_test_tasks: 2 });
    expect(env.length).toBe(5);
    const state = env.reset({ sample_idx: 0, generation_idx: 0 });
    expect(state.tools.map(({ name }) => name).slice(-2)).toEqual(["done", "respond_user"]);
    expect(state.new_messages).toEqual([{ role: "user", content: expect.stringMatching(/^Hello!/) }]);
    const action = {
      type: "function_call",
      call_id: "call_0",
      name: "respond_user",
      arguments: { text: "Good morning! How can I help you?" },
    };
    const result = env.step({ parsed_actions: [action], model_response: null, current_state: state, current_messages: [] });
    expect([result.done, result.reward]).toEqual([false, 0]);
    expect(result.state.new_messages[0]).toEqual({
      role: "tool",
      type: "function_call_output",
      call_id: "call_0",
      output: "Message sent to user.",
    });
    expect(result.state.new_messages[1]).toMatchObject({ role: "user" });
  });
});
