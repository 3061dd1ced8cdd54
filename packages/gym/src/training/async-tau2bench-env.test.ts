import { ModelError } from "@tau2/user-sim";
import { scriptedModel, startModelServer } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { userSaying } from "../../test/chores.ts";
import { buyMilk, onChores, say } from "../../test/training.ts";
import { getEnv } from "./get-env.ts";

const { user: _, ...withoutUser } = onChores;
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

  test("lets other episodes go on while a model is asked", async () => {
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

  test("has no reward where the user's model fails, says why, and takes the same step again", async () => {
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

  test("says so in the state when the user's model fails at once", async () => {
    const env = getEnv("tau2bench", { ...withoutUser, user: scriptedModel([new ModelError("timeout", "late")]), is_async: true });
    const state = await env.reset();
    expect(state.metadata).toMatchObject({ correct: 0, total: 1, error: { class: "timeout", message: "late" } });
    expect(state.new_messages).toEqual([{ role: "user", content: "Hello, I need help." }]);
    expect(await env.step({ parsed_actions: [done], current_state: state })).toMatchObject({ reward: null, done: true });
  });

  test("has no reward where the judge fails: after a call the model is told, and the try is used up", async () => {
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
