import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { agentEnv, buyMilk, chores, userEnv, userSaying } from "../../test/chores.ts";

const users = (env: { snapshot(): ReturnType<ReturnType<typeof agentEnv>["snapshot"]> }) => env.snapshot().conversation.state.agent;

describe("a snapshot", () => {
  test("brings back any step, as often as wanted", async () => {
    const env = agentEnv({ user: userSaying("Milk, please.", "Thank you.") });
    await env.reset();
    const start = env.snapshot();
    const first = await env.step(buyMilk);
    await env.step("Done.");
    for (let i = 0; i < 3; i++) {
      env.restore(start);
      expect(env.messages).toHaveLength(2);
      expect((await env.step(buyMilk)).observation).toBe(first.observation);
    }
  });

  test("of an end is an end", async () => {
    const env = agentEnv();
    await env.reset();
    await env.step("done()");
    const end = env.snapshot();
    await env.reset();
    expect(env.done).toBe(false);
    env.restore(end);
    expect(env.done).toBe(true);
    expect(await env.step(buyMilk)).toMatchObject({ terminated: true, reward: 0 });
  });

  test("shows its new messages again", async () => {
    const env = agentEnv();
    const { observation, messages } = await env.reset();
    const start = env.snapshot();
    await env.step(buyMilk);
    env.restore(start);
    expect(env.observe()).toMatchObject({ observation, messages });
    expect(() => agentEnv().observe()).toThrow("call reset() first");
  });

  test("can be gone on with in another environment, also with another task", async () => {
    const [from, to] = [agentEnv({ taskId: "note" }), agentEnv()];
    await from.reset();
    to.restore(from.snapshot());
    expect((await to.step("get_users()")).info.task.id).toBe("note");
  });

  test("of a user is not one of an agent", async () => {
    const [agent, user] = [agentEnv(), userEnv()];
    await agent.reset();
    expect(() => user.restore(agent.snapshot())).toThrow("the learner of the snapshot is the agent");
  });

  test("cannot be taken before the first reset", () => {
    expect(() => agentEnv().snapshot()).toThrow("call reset() first");
  });
});

describe("branches", () => {
  test("never see each other: what one does to the world, the other does not find", async () => {
    const env = agentEnv();
    await env.reset();
    const [left, right] = env.fork(2) as [typeof env, typeof env];
    await left.step(buyMilk);
    expect((await right.step("get_users()")).observation).not.toContain("task_2");
    expect((await env.step("get_users()")).observation).not.toContain("task_2");
    expect((await left.step("get_users()")).observation).toContain("task_2");
    expect(await left.step("done()")).toMatchObject({ reward: 1 });
    expect(await right.step("done()")).toMatchObject({ reward: 0 });
  });

  test("cost no model call, and ask the model what the whole conversation would ask", async () => {
    const model = scriptedModel(["Milk, please.", "One.", "Two."]);
    const env = agentEnv({ user: model });
    await env.reset();
    await env.step(buyMilk);
    const branches = env.fork(2);
    expect(model.requests).toHaveLength(1);
    const said = await Promise.all(branches.map((branch) => branch.step("Done, anything else?")));
    expect(said.map(({ observation }) => observation)).toEqual(["user: One.", "user: Two."]);
    expect(model.requests[1]?.messages).toEqual(model.requests[2]?.messages);
  });

  test("of branches, and of environments of the user", async () => {
    const env = userEnv();
    await env.reset();
    const [branch] = env.fork();
    await branch!.step("dismiss_notification(notification_id='n1')");
    const [twig] = branch!.fork();
    expect((await twig!.step("check_notifications()")).observation).not.toContain("unread");
    expect((await env.step("check_notifications()")).observation).toContain("unread");
  });

  test("share what they have in common with each other and with the data", async () => {
    const env = agentEnv();
    await env.reset();
    const [branch] = env.fork();
    expect(users(branch!)).toBe(users(env));
    expect(users(env)).toBe(chores.db);
  });

  test("an action that the caller changes afterwards does not change the message", async () => {
    const env = agentEnv();
    await env.reset();
    const title = { user_id: "user_1", title: "Buy milk" };
    await env.step({ tool_calls: [{ name: "create_task", arguments: title }] });
    title.title = "Buy cheese";
    expect(await env.step("done()")).toMatchObject({ reward: 1 });
  });
});
