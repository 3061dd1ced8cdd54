import { setImmediate } from "node:timers/promises";
import { ModelError, type UserSimulator } from "@tau2/user-sim";
import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { agentEnv, agentSaying, buyMilk, userEnv, userSaying } from "../../test/chores.ts";

/** Returns a user that says one line, and then calls `then`. */
function userThen(then: UserSimulator["respond"]): UserSimulator {
  return {
    implementation: "test_user",
    model: null,
    respond: (turn) =>
      turn.messages.some(({ role }) => role === "user") ? then(turn) : { role: "user", content: "Hi.", tool_calls: null },
  };
}
const never = () => new Promise<never>(() => {});

describe("after a fault of the counterpart the reward is null, and the episode is truncated", () => {
  test.each([
    ["transient", "infrastructure", true],
    ["timeout", "timeout", true],
    ["context", "context", false],
    ["configuration", "infrastructure", false],
    ["reply", "user", true],
    ["cancelled", "cancelled", false],
  ] as const)("a user's model with a %s fault", async (fault, kind, transient) => {
    const env = agentEnv({ user: scriptedModel(["Milk, please.", new ModelError(fault, "no answer")]) });
    await env.reset();
    const result = await env.step("Hello.");
    expect(result).toMatchObject({ observation: "", messages: [], reward: null, terminated: false, truncated: true });
    expect(result.info).toMatchObject({ error: { class: kind, role: "user", transient, message: "no answer" }, simulation_run: null });
  });

  test("a user that says nothing", async () => {
    const env = agentEnv({ user: userThen(() => ({ role: "user", content: "  ", tool_calls: null })) });
    await env.reset();
    expect(await env.step("Hello.")).toMatchObject({ reward: null, truncated: true, info: { error: { class: "user", role: "user" } } });
  });

  test("an agent that fails", async () => {
    const failing = { ...agentSaying(), respond: () => Promise.reject(new Error("out of order")) };
    const env = userEnv({ agent: failing });
    await env.reset();
    expect(await env.step("Hello.")).toMatchObject({
      reward: null,
      truncated: true,
      info: { error: { role: "agent", message: "out of order" } },
    });
  });

  test("on reset it is in the info, and in that of the next step", async () => {
    const env = agentEnv({ user: scriptedModel([new ModelError("transient", "overloaded")]) });
    const { observation, info } = await env.reset();
    expect(observation).toBe("");
    expect(info.error).toMatchObject({ class: "infrastructure", message: "overloaded" });
    expect(env.done).toBe(true);
    expect(await env.step("Hello?")).toMatchObject({ reward: null, truncated: true, info: { error: { message: "overloaded" } } });
  });

  test("the step can be taken again from before", async () => {
    const env = agentEnv({ user: scriptedModel(["Milk, please.", new ModelError("transient", "overloaded"), "Thank you."]) });
    await env.reset();
    await env.step(buyMilk);
    const before = env.snapshot();
    expect(await env.step("Done.")).toMatchObject({ reward: null });
    env.restore(before);
    expect(await env.step("Done.")).toMatchObject({ observation: "user: Thank you.", reward: 0, truncated: false });
  });

  test("a judge that fails leaves the end ungraded, and the conversation where it can be graded later", async () => {
    const env = agentEnv({ taskId: "polite", judge: scriptedModel([new ModelError("transient", "overloaded")]) });
    await env.reset();
    await env.step(buyMilk);
    expect(await env.step("done()")).toMatchObject({
      reward: null,
      terminated: true,
      truncated: false,
      info: { error: { class: "infrastructure", role: "judge" }, reward_info: null, simulation_run: { termination_reason: "agent_stop" } },
    });
  });
});

describe("nothing hangs", () => {
  test("a user that does not answer in time", async () => {
    const env = agentEnv({ user: userThen(never), turnTimeoutMs: 5 });
    await env.reset();
    expect(await env.step("Hello.")).toMatchObject({ reward: null, truncated: true, info: { error: { class: "timeout", role: "user" } } });
  });

  test("a caller that aborts", async () => {
    const env = agentEnv({ user: userThen(never) });
    await env.reset();
    const giveUp = new AbortController();
    const step = env.step("Hello.", { signal: giveUp.signal });
    giveUp.abort(new Error("the client has left"));
    const { info, reward } = await step;
    expect(reward).toBeNull();
    expect(info.error).toMatchObject({ class: "cancelled" });
    expect(info.error?.message).toContain("the client has left");
  });

  test.each([
    ["closed", (env: ReturnType<typeof agentEnv>) => env.close()],
    ["restored", (env: ReturnType<typeof agentEnv>) => env.restore(env.snapshot())],
    ["reset", (env: ReturnType<typeof agentEnv>) => void env.reset()],
  ])("a pending step when the environment is %s aborts the signal of the counterpart", async (_, turn) => {
    let asked: AbortSignal | undefined;
    const env = agentEnv({ user: userThen(({ signal }) => ((asked = signal), never())) });
    await env.reset();
    const late = env.step("Hello.");
    turn(env);
    await expect(late).rejects.toThrow("cancelled");
    expect(asked?.aborted).toBe(true);
  });

  test("an episode that takes too long ends at the next turn", async () => {
    const env = agentEnv({ timeoutSeconds: 0, user: userSaying("Milk, please.", "Thank you.") });
    await env.reset();
    expect(env.snapshot().conversation.ended).toBe("timeout");
  });
});

describe("one thing at a time", () => {
  test("a second step has to wait for the first", async () => {
    const env = agentEnv({ user: scriptedModel(["Milk, please.", "Thank you."]) });
    await env.reset();
    const first = env.step("Hello.");
    await expect(env.step("Hello?")).rejects.toThrow("another step has not finished");
    expect((await first).observation).toBe("user: Thank you.");
  });

  test.each([
    ["reset", (env: ReturnType<typeof agentEnv>) => void env.reset().catch(() => {})],
    ["restored", (env: ReturnType<typeof agentEnv>) => env.restore(env.snapshot())],
    ["closed", (env: ReturnType<typeof agentEnv>) => env.close()],
  ])("a pending step is cancelled when the environment is %s", async (_, turn) => {
    const env = agentEnv({ user: scriptedModel(["Milk, please.", "Too late.", "Milk again, please."]) });
    await env.reset();
    const late = env.step("Hello.");
    turn(env);
    await expect(late).rejects.toThrow("cancelled");
  });

  test("a step before the first reset is an error, and so is one after closing", async () => {
    const env = agentEnv();
    await expect(env.step("Hello.")).rejects.toThrow("call reset() first");
    await env.reset();
    env.close();
    await expect(env.step("Hello.")).rejects.toThrow("the environment is closed");
    await expect(env.reset()).rejects.toThrow("the environment is closed");
  });
});

describe("synchronously", () => {
  test("an episode with a synchronous user runs without promises", () => {
    const env = agentEnv();
    expect(env.resetSync().observation).toBe("user: Milk, please.");
    env.stepSync(buyMilk);
    expect(env.stepSync("Done.")).toMatchObject({ reward: 1, terminated: true });
  });

  test("a user that returns a promise is refused, and the episode does not change", async () => {
    const env = agentEnv({ user: scriptedModel(["Milk, please.", "Thank you.", "Thank you."]) });
    await env.reset();
    const before = env.snapshot();
    expect(() => env.stepSync("Hello.")).toThrow("use `await step()`");
    await setImmediate();
    expect(env.snapshot()).toBe(before);
    expect((await env.step("Hello.")).observation).toBe("user: Thank you.");
  });
});
