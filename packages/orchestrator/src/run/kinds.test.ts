import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { deskSetup, deskTask, userSays } from "../../test/desk.ts";
import { agentKinds, userKinds } from "./kinds.ts";

const context = { task: deskTask(), environment: deskSetup(), policy: "Be kind.", seed: 7, trial: 0, tools: [] };
const model = () => scriptedModel(["Hello."], { name: "m" });

describe("agents by name", () => {
  test.each(["llm_agent", "llm_agent_gt", "llm_agent_solo"] as const)("agent %s needs a model and sends the seed", async (name) => {
    const kind = agentKinds[name];
    expect(kind.needsModel).toBe(true);
    expect(() => kind.factory({})).toThrow(/needs a model/);
    const asked = scriptedModel([{ toolCalls: [{ id: "1", name: "look", arguments: {} }] }]);
    const agent = kind.factory({ model: asked, parameters: { temperature: 0 } })(context);
    expect(agent.implementation).toBe(name);
    await agent.respond({ messages: [] });
    expect(asked.requests[0]?.parameters).toEqual({ temperature: 0, seed: 7 });
  });

  test.each(["gold", "noop"] as const)("agent %s works without a model and follows the solo mode of the environment", (name) => {
    const kind = agentKinds[name];
    expect([kind.needsModel, kind.solo]).toEqual([false, "either"]);
    expect(kind.factory({})(context).isStop).toBeUndefined();
    expect(kind.factory({})({ ...context, environment: deskSetup({ solo: true }) }).isStop).toBeDefined();
  });

  test("an agent kind says which tasks it accepts", () => {
    const unsolved = deskTask({ evaluation_criteria: null });
    const takers = Object.entries(agentKinds).flatMap(([name, kind]) => (kind.accepts?.(unsolved) === false ? [] : [name]));
    expect(takers).toEqual(["llm_agent", "gold", "noop"]);
  });
});

describe("users by name", () => {
  test("user_simulator needs a model and sends the seed", async () => {
    const asked = model();
    const kind = userKinds.user_simulator;
    expect(() => kind.factory({})).toThrow("needs a model");
    const user = kind.factory({ model: asked, parameters: { temperature: 0 }, guidelines: "Be a customer." })({ ...context, tools: null });
    await user.respond({ messages: [{ ...userSays("Hi!"), role: "assistant" }] });
    expect(asked.requests[0]).toMatchObject({
      parameters: { temperature: 0, seed: 7 },
      messages: [{ content: expect.stringMatching(/^Be a customer\./) }, {}],
    });
  });

  test.each(["scripted", "dummy_user"] as const)("user %s works without a model", (name) => {
    const kind = userKinds[name];
    expect([kind.needsModel, kind.solo]).toEqual([false, name === "dummy_user"]);
    expect(kind.factory({})({ ...context, tools: null }).model).toBeNull();
  });
});
