import { setImmediate } from "node:timers/promises";
import type { UserMessage } from "@tau2/domains";
import { mock } from "@tau2/domains/mock";
import type { UserSimulator } from "@tau2/user-sim";
import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { agentSaying, buyMilk, chores, userSaying } from "../../test/chores.ts";
import { type VectorEnvOptions, VectorEnv } from "./vector-env.ts";

function vectorEnv(options: Partial<VectorEnvOptions> = {}) {
  return new VectorEnv({ count: 3, domain: mock, data: chores, taskId: "milk", user: userSaying("Milk, please."), ...options });
}

/** A user who answers when the test says so. */
function slowUser() {
  const waiting: (() => void)[] = [];
  const user: UserSimulator = {
    implementation: "slow_user",
    model: null,
    respond: () =>
      new Promise<UserMessage>((resolve) => {
        waiting.push(() => resolve({ role: "user", content: "Hm.", tool_calls: null }));
      }),
  };
  return { user, waiting };
}

describe("many episodes", () => {
  test("each has a world of its own", async () => {
    const envs = vectorEnv();
    await envs.resetMany();
    await envs.stepMany([buyMilk, null, null]);
    const ends = await envs.stepMany(["done()", "done()", "done()"]);
    expect(ends.map(({ index, result }) => [index, result?.reward, result?.terminated])).toEqual([
      [0, 1, true],
      [1, 0, true],
      [2, 0, true],
    ]);
  });

  test("`episode` gets the index of the environment and the number of its episodes", async () => {
    const seen: (number | null)[] = [];
    const envs = vectorEnv({
      user: ({ seed }) => (seen.push(seed), userSaying("Hi.")),
      episode: (index, n) => ({ seed: index * 10 + n, options: { taskId: index === 2 ? "note" : "milk" } }),
    });
    const [, , third] = await envs.resetMany();
    await envs.resetMany({ only: [1] });
    await envs.resetMany({ only: [0], episode: () => ({ seed: 99 }) });
    expect(seen).toEqual([0, 10, 20, 11, 99]);
    expect(third?.result?.info.task.id).toBe("note");
  });

  test("none fails because another one does", async () => {
    const envs = vectorEnv({ episode: (index) => ({ options: { taskId: index === 1 ? "nowhere" : "milk" } }) });
    const resets = await envs.resetMany();
    expect(resets.map(({ error }) => error?.code ?? null)).toEqual([null, "not_found", null]);
    const steps = await envs.stepMany([buyMilk, buyMilk, { content: 7 } as never]);
    expect(steps.map(({ error }) => error?.message ?? null)).toEqual([
      null,
      "the environment has not been reset: call reset() first",
      expect.stringContaining("content is of type number"),
    ]);
    const [outside] = await envs.stepMany(new Map([[7, "hi"]]));
    expect(outside).toMatchObject({ index: 7, error: { message: "unknown episode 7: indexes are 0 to 2" } });
  });

  test("an episode that a fault of its user ends has the reward null, the others keep theirs", async () => {
    const failing = scriptedModel(["Milk, please.", new Error("out of order")]);
    const users = [userSaying("Milk, please."), failing];
    const envs = vectorEnv({ count: 2, user: (context) => pick(users, context.seed!), episode: (index) => ({ seed: index }) });
    await envs.resetMany();
    const results = await envs.stepMany(["Hello.", "Hello."]);
    expect(results.map(({ result }) => [result?.reward, result?.truncated, result?.info.error?.role ?? null])).toEqual([
      [0, false, null],
      [null, true, "user"],
    ]);
  });

  test("episodes do not wait for a slower one: outcomes come as they are ready, and those episodes can continue", async () => {
    const { user, waiting } = slowUser();
    const envs = vectorEnv({ user: (context) => (context.seed === 0 ? user : userSaying("Milk, please.")), episode: (seed) => ({ seed }) });
    const reset = envs.resetMany();
    await setImmediate();
    waiting.shift()!();
    await reset;
    const arrived: number[] = [];
    const all = (async () => {
      for await (const { index } of envs.stepAsCompleted(["Hello.", buyMilk, buyMilk])) arrived.push(index);
    })();
    await setImmediate();
    expect(arrived).toEqual([1, 2]);
    const [end] = await envs.stepMany(new Map([[1, "done()"]]));
    expect(end?.result?.reward).toBe(1);
    waiting.shift()!();
    await all;
    expect(arrived).toEqual([1, 2, 0]);
  });

  test("a step of an episode that has one under way is refused, and disturbs nothing", async () => {
    const { user, waiting } = slowUser();
    const envs = vectorEnv({ count: 1, user });
    const reset = envs.resetMany();
    waiting.shift()!();
    await reset;
    const first = envs.stepMany(["Hello."]);
    const [second] = await envs.stepMany(["Hello?"]);
    expect(second?.error?.code).toBe("protocol");
    waiting.shift()!();
    expect((await first)[0]?.result?.observation).toBe("user: Hm.");
  });

  test("at most `maxConcurrency` episodes call the user at the same time, forks included; steps that do not call it do not wait", async () => {
    const { user, waiting } = slowUser();
    const envs = vectorEnv({ count: 4, user, maxConcurrency: 2 });
    const resets = envs.resetMany();
    await setImmediate();
    expect(waiting).toHaveLength(2);
    for (let i = 0; i < 4; i++) {
      waiting.shift()!();
      await setImmediate();
    }
    await resets;
    const [fork] = envs.fork();
    const steps = [envs.stepMany(["Hello.", buyMilk]), fork!.stepMany(["Hello.", "Hello."])];
    await setImmediate();
    expect(waiting).toHaveLength(2);
    expect((await envs.stepMany([null, "get_users()"]))[0]?.result?.observation).toContain("tool:");
    for (let i = 0; i < 3; i++) {
      waiting.shift()!();
      await setImmediate();
    }
    expect((await Promise.all(steps)).flat().every(({ error }) => error === null)).toBe(true);
  });

  test("the limit holds for a model, a user and a function alike", async () => {
    for (const user of [scriptedModel(["One.", "Two."]), userSaying("One."), () => userSaying("One.")]) {
      const envs = vectorEnv({ count: 2, user, maxConcurrency: 1 });
      expect((await envs.resetMany()).every(({ result }) => result?.observation.startsWith("user: "))).toBe(true);
    }
    expect(() => vectorEnv({ maxConcurrency: 0 })).toThrow("maxConcurrency is 0");
    expect(() => vectorEnv({ count: 0 })).toThrow("count is 0");
  });

  test("the learner can be the user, and the agent may hang up", async () => {
    const hangingUp = {
      ...agentSaying("Look at your notes."),
      isStop: ({ content }: { content: string | null }) => content === "Anything else?",
    };
    const envs = new VectorEnv({ count: 2, learner: "user", domain: mock, data: chores, taskId: "note", agent: hangingUp });
    const resets = await envs.resetMany();
    expect(resets[0]?.result?.info.user_tools.map(({ function: { name } }) => name)).toContain("dismiss_notification");
    await envs.stepMany(["Hello.", "Hello."]);
    const ends = await envs.stepMany(["And now?", "dismiss_notification(notification_id='n1')"]);
    expect(ends.map(({ result }) => result?.terminated)).toEqual([true, false]);
  });
});

describe("an episode that is over", () => {
  test("stays over without a reset", async () => {
    const envs = vectorEnv({ count: 1 });
    await envs.resetMany();
    await envs.stepMany(["done()"]);
    expect((await envs.stepMany(["Hello?"]))[0]?.result).toMatchObject({ terminated: true, reward: 0, observation: "" });
  });

  test("starts again with the next step, whose action is ignored", async () => {
    const envs = vectorEnv({ count: 1, autoreset: "next_step", episode: (_, n) => ({ options: { taskId: n === 0 ? "milk" : "note" } }) });
    await envs.resetMany();
    expect((await envs.stepMany(["done()"]))[0]?.result).toMatchObject({ terminated: true });
    const [next] = await envs.stepMany([buyMilk]);
    expect(next?.result).toMatchObject({ terminated: false, truncated: false, reward: 0, observation: "user: Milk, please." });
    expect(next?.result?.info.task.id).toBe("note");
    expect((await envs.stepMany(["get_users()"]))[0]?.result?.observation).not.toContain("task_2");
  });

  test("begins anew in the step that ends it, which shows both", async () => {
    const envs = vectorEnv({ count: 1, autoreset: "same_step", episode: (_, n) => ({ options: { taskId: n === 0 ? "milk" : "note" } }) });
    await envs.resetMany();
    await envs.stepMany([buyMilk]);
    const [both] = await envs.stepMany(["done()"]);
    expect(both?.result).toMatchObject({ terminated: true, reward: 1, observation: "user: Milk, please.", info: { task: { id: "note" } } });
    expect(both?.result?.final).toMatchObject({ observation: "", info: { task: { id: "milk" }, reward_info: { reward: 1 } } });
  });

  test("whose successor does not begin keeps its reward; the next step tells why", async () => {
    const envs = vectorEnv({
      count: 1,
      autoreset: "same_step",
      episode: (_, n) => ({ options: { taskId: n === 0 ? "milk" : "nowhere" } }),
    });
    await envs.resetMany();
    await envs.stepMany([buyMilk]);
    const [end] = await envs.stepMany(["done()"]);
    expect([end?.result?.reward, end?.result?.final]).toEqual([1, undefined]);
    expect((await envs.stepMany(["Hello?"]))[0]?.error?.code).toBe("not_found");
  });

  test("begins anew in no other way", () => {
    expect(() => vectorEnv({ autoreset: "same-step" as never })).toThrow("unknown autoreset 'same-step'");
  });

  test("right after its reset shows so, and is followed by another", async () => {
    const users = [userSaying("Hi."), userSaying(), userSaying("Hi again.")];
    const envs = vectorEnv({ count: 1, autoreset: "next_step", user: ({ seed }) => users[seed!]!, episode: (_, n) => ({ seed: n }) });
    await envs.resetMany();
    await envs.stepMany(["done()"]);
    expect((await envs.stepMany([""]))[0]?.result).toMatchObject({ terminated: true, reward: 0 });
    expect((await envs.stepMany([""]))[0]?.result).toMatchObject({ terminated: false, observation: "user: Hi again." });
  });
});

describe("branches of many episodes", () => {
  test("a snapshot brings all of them back, also into other places", async () => {
    const envs = vectorEnv();
    await envs.resetMany({ only: [0, 1] });
    await envs.stepMany([buyMilk, null, null]);
    const [bought, fresh, none] = envs.snapshot();
    expect(none).toBeNull();
    envs.restore([null, bought!, fresh!]);
    const ends = await envs.stepMany(["done()", "done()", "done()"]);
    expect(ends.map(({ result }) => result?.reward)).toEqual([1, 1, 0]);
    expect(() => envs.restore([])).toThrow("0 snapshots for 3 episodes");
  });

  test("a restored end is followed by a new episode, a restored beginning is not", async () => {
    const envs = vectorEnv({ count: 1, autoreset: "next_step" });
    await envs.resetMany();
    const start = envs.snapshot();
    await envs.stepMany(["done()"]);
    const end = envs.snapshot();
    envs.restore(start);
    expect((await envs.stepMany(["get_users()"]))[0]?.result?.observation).toContain("tool:");
    envs.restore(end);
    expect((await envs.stepMany(["get_users()"]))[0]?.result?.observation).toBe("user: Milk, please.");
  });

  test("forks continue from here independently", async () => {
    const envs = vectorEnv({ count: 2 });
    await envs.resetMany();
    const [left, right] = envs.fork(2);
    await left!.stepMany([buyMilk, null]);
    const rewards = await Promise.all([envs, left!, right!].map((all) => all.stepMany(["done()"])));
    expect(rewards.map(([end]) => end?.result?.reward)).toEqual([0, 1, 0]);
  });

  test("after closing, nothing is taken", async () => {
    const envs = vectorEnv({ count: 1 });
    envs.close();
    expect((await envs.resetMany())[0]?.error?.message).toBe("the environment is closed");
  });
});

test("two thousand episodes share one world as long as they do not change it", async () => {
  const envs = vectorEnv({ count: 2000 });
  await envs.resetMany();
  await envs.stepMany(Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? buyMilk : "get_users()")));
  const states = envs.snapshot().map((episode) => episode!.conversation.state.agent);
  expect(new Set(states).size).toBe(1001);
  const ends = await envs.stepMany(Array.from({ length: 2000 }, () => "done()"));
  expect(ends.filter(({ result }) => result?.reward === 1)).toHaveLength(1000);
});

function pick(users: readonly (UserSimulator | ReturnType<typeof scriptedModel>)[], index: number): UserSimulator {
  const user = users[index]!;
  if (!("complete" in user)) return user;
  return {
    implementation: "model_user",
    model: user.name,
    respond: async () => ({ role: "user", content: (await user.complete({ messages: [] })).content, tool_calls: null }),
  };
}
