import { mock } from "@tau2/domains/mock";
import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { agentSaying, chores, userEnv } from "../../test/chores.ts";
import { UserEnv } from "./user-env.ts";

const names = (tools: readonly { function: { name: string } }[]) => tools.map((tool) => tool.function.name);

test("solo mode is refused: it does not have a user to play", () => {
  const options = { domain: mock, solo: true };
  expect(() => new UserEnv(options as never)).toThrow(
    expect.objectContaining({ code: "unsupported", message: expect.stringContaining("AgentEnv") }),
  );
});

describe("the learner plays the user", () => {
  test("the agent greets first, and the info lists the tools of both roles", async () => {
    const { observation, info } = await userEnv().reset();
    expect(observation).toBe("assistant: Hi! How can I help you today?");
    expect(names(info.agent_tools)).toEqual(["create_task", "get_users", "update_task_status", "transfer_to_human_agents"]);
    expect(names(info.user_tools)).toEqual(["check_notifications", "dismiss_notification"]);
    expect(info).not.toHaveProperty("tools");
  });

  test("its calls run on its own device", async () => {
    const env = userEnv();
    await env.reset();
    expect((await env.step("dismiss_notification(notification_id='n1')")).observation).toBe("tool: Notification n1 dismissed");
  });

  test("a call in JSON belongs to the agent unless it names the user, as in tau2-bench", async () => {
    const env = userEnv();
    await env.reset();
    const call = { name: "check_notifications", arguments: {} };
    expect((await env.step(JSON.stringify(call))).observation).toBe("tool: Error: Tool 'check_notifications' not found.");
    expect((await env.step(JSON.stringify({ ...call, requestor: "user" }))).observation).toContain("The plants are dry");
    expect((await env.step({ tool_calls: [call] })).observation).toContain("The plants are dry");
  });

  test("what the agent does for itself stays hidden", async () => {
    const look = [{ id: "a", name: "get_users", arguments: {}, requestor: "assistant" as const }];
    const env = userEnv({ agent: agentSaying(look, "Please look at your notes.") });
    await env.reset();
    expect((await env.step("Hello.")).observation).toBe("assistant: Please look at your notes.");
  });

  test.each(["###STOP###", "Bye ###TRANSFER###", "###OUT-OF-SCOPE###"])("it ends the episode with %s", async (action) => {
    const env = userEnv();
    await env.reset();
    await env.step("dismiss_notification(notification_id='n1')");
    expect(await env.step(action)).toMatchObject({
      observation: "",
      reward: 1,
      terminated: true,
      info: { simulation_run: { termination_reason: "user_stop", agent_cost: 0, user_cost: null } },
    });
  });

  test("`done` is not a tool of the user", async () => {
    const env = userEnv();
    await env.reset();
    expect((await env.step("done()")).observation).toBe("tool: Error: Tool 'done' not found.");
  });

  test("a limit of steps cuts it off", async () => {
    const env = userEnv({ maxSteps: 2 });
    await env.reset();
    expect(await env.step("Hello.")).toMatchObject({
      observation: "assistant: Please look at your notes.",
      truncated: true,
      terminated: false,
    });
  });
});

describe("the agent", () => {
  test("plays the solution when none is named", async () => {
    const env = new UserEnv({ domain: mock, data: chores, taskId: "milk" });
    await env.reset();
    expect((await env.step("Milk, please.")).observation).toMatch(/^assistant: /);
    expect(await env.step("Thanks. ###STOP###")).toMatchObject({ reward: 1 });
  });

  test("is called through its model, under the policy, with its tools and the seed of the reset", async () => {
    const model = scriptedModel(["Let me see."]);
    const env = userEnv({ agent: model });
    await env.reset({ seed: 9 });
    expect((await env.step("Hello.")).observation).toBe("assistant: Let me see.");
    const [request] = model.requests;
    expect(request?.messages[0]?.content).toContain("Help with to-dos.");
    expect(names(request?.tools ?? [])).toContain("create_task");
    expect(request?.parameters).toEqual({ seed: 9 });
  });

  test("can end the episode if it is one that can", async () => {
    const agent = { ...agentSaying("That is all."), isStop: ({ content }: { content: string | null }) => content === "That is all." };
    const env = userEnv({ agent: () => agent });
    await env.reset();
    expect(await env.step("Hello.")).toMatchObject({
      observation: "assistant: That is all.",
      terminated: true,
      info: { simulation_run: { termination_reason: "agent_stop" } },
    });
  });
});
