import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { userSaying } from "../../test/chores.ts";
import { startModelProcess } from "../../test/model-process.ts";
import { buyMilk, onChores as played, say } from "../../test/training.ts";
import { getEnv } from "./get-env.ts";

const wish = "You want to be reminded of the milk.";
const { user, ...onChores } = played;

describe("the environment without promises", () => {
  test("asks a user in place that answers at once", () => {
    const env = getEnv("tau2bench", { ...onChores, user });
    const state = env.reset();
    expect(state.new_messages).toEqual([{ role: "user", content: "Milk, please." }]);
    const { reward, done } = env.step({ parsed_actions: [buyMilk, say("Done.")], current_state: state });
    expect({ reward, done }).toEqual({ reward: 1, done: true });
  });

  test("stands still until a model has answered that is in another process", async () => {
    await using model = await startModelProcess("Milk, please.", "Thanks ###STOP###");
    const env = getEnv("tau2bench", {
      ...onChores,
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

  test("is told what went wrong with the model, in the state and in the step, and can take the step again", async () => {
    await using model = await startModelProcess(401, "Milk, please.", 400, "Thanks ###STOP###");
    const env = getEnv("tau2bench", { ...onChores, user_llm: "m", user_base_url: model.baseUrl });
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
      ...onChores,
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

  test("refuses who answers later", () => {
    expect(() => getEnv("tau2bench", { ...onChores, user: scriptedModel(["Hello"]) })).toThrow("given as `user` answers later");
    const slow = { ...userSaying("Hello"), respond: async () => ({ role: "user" as const, content: "Hello", tool_calls: null }) };
    expect(() => getEnv("tau2bench", { ...onChores, user: slow }).reset()).toThrow(
      "somebody answers later, and this environment cannot wait: give is_async: true",
    );
  });
});
