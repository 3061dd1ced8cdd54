import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { deskSetup, deskTask, userSays } from "../../test/desk.ts";
import { agentKinds } from "./agent-kinds.ts";
import { findKind } from "./find-kind.ts";
import { userKinds } from "./user-kinds.ts";

const context = { task: deskTask(), environment: deskSetup(), policy: "Be kind.", seed: 7, trial: 0, tools: [] };
const model = () => scriptedModel(["Hello."], { name: "m" });

describe("agents by name", () => {
  test.each(["llm_agent", "llm_agent_gt", "llm_agent_solo"])("%s needs a model, and is told the seed", async (name) => {
    const kind = findKind("Agent", agentKinds, name);
    expect(kind.needsModel).toBe(true);
    expect(() => kind.factory({})).toThrow(`agent '${name}' needs a model`);
    const asked = scriptedModel([{ toolCalls: [{ id: "1", name: "look", arguments: {} }] }]);
    const agent = kind.factory({ model: asked, parameters: { temperature: 0 } })(context);
    expect(agent.implementation).toBe(name);
    await agent.respond({ messages: [] });
    expect(asked.requests[0]?.parameters).toEqual({ temperature: 0, seed: 7 });
  });

  test.each(["gold", "noop"])("%s needs none, and works alone where the environment is for that", (name) => {
    const kind = findKind("Agent", agentKinds, name);
    expect([kind.needsModel, kind.solo]).toEqual([false, "either"]);
    expect(kind.factory({})(context).isStop).toBeUndefined();
    expect(kind.factory({})({ ...context, environment: deskSetup({ solo: true }) }).isStop).toBeDefined();
  });

  test("they say which tasks they can play", () => {
    const unsolved = deskTask({ evaluation_criteria: null });
    const takers = Object.keys(agentKinds).filter((name) => findKind("Agent", agentKinds, name).accepts?.(unsolved) ?? true);
    expect(takers).toEqual(["llm_agent", "gold", "noop"]);
  });
});

describe("users by name", () => {
  test("the simulator needs a model, and is told the seed", async () => {
    const asked = model();
    const kind = findKind("User", userKinds, "user_simulator");
    expect(() => kind.factory({})).toThrow("needs a model");
    const user = kind.factory({ model: asked, parameters: { temperature: 0 }, guidelines: "Be a customer." })({ ...context, tools: null });
    await user.respond({ messages: [{ ...userSays("Hi!"), role: "assistant" }] });
    expect(asked.requests[0]).toMatchObject({
      parameters: { temperature: 0, seed: 7 },
      messages: [{ content: expect.stringMatching(/^Be a customer\./) }, {}],
    });
  });

  test.each(["scripted", "dummy_user"])("%s needs none", (name) => {
    const kind = findKind("User", userKinds, name);
    expect([kind.needsModel, kind.solo]).toEqual([false, name === "dummy_user"]);
    expect(kind.factory({})({ ...context, tools: null }).model).toBeNull();
  });
});

test("an unknown name is answered with those that there are", () => {
  expect(() => findKind("User", userKinds, "toString")).toThrow(
    "User toString not found in registry; there are user_simulator, dummy_user, scripted",
  );
});
