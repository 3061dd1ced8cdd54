import { mock } from "@tau2/domains/mock";
import { describe, expect, test } from "vitest";
import { onChores } from "../../test/training.ts";
import { AsyncTau2BenchEnv } from "./async-tau2bench-env.ts";
import { getEnv } from "./get-env.ts";
import { Tau2BenchEnv } from "./tau2bench-env.ts";

const starter = { data_dir: null, user: "scripted" } as const;

describe("getEnv", () => {
  test("gives the environment without promises, unless is_async is true", () => {
    expect(getEnv("tau2bench", onChores)).toBeInstanceOf(Tau2BenchEnv);
    expect(getEnv("tau2bench", { ...onChores, is_async: false })).toBeInstanceOf(Tau2BenchEnv);
    expect(getEnv("tau2bench", { ...onChores, is_async: true })).toBeInstanceOf(AsyncTau2BenchEnv);
  });

  test("knows no other environment", () => {
    expect(() => getEnv("textworld")).toThrow("Sorry invalid environment: 'textworld'. There is 'tau2bench'");
    expect(() => getEnv("tau2bench", { ...onChores, name: "hotpotqa_mc" as never })).toThrow("Sorry invalid environment: 'hotpotqa_mc'.");
  });

  test("refuses a keyword that does not exist, and names the nearest", () => {
    expect(() => getEnv("tau2bench", { ...onChores, max_step: 3 } as never)).toThrow(
      "has no keyword 'max_step'; did you mean 'max_steps'?",
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
    expect(() => getEnv("tau2bench", { ...starter, domain: "airlines" })).toThrow("no domain 'airlines'; did you mean 'airline'?");
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

  test("makes what the first example of the original makes: tools, a first message, words for the user", () => {
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
