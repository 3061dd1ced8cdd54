import { expect, test } from "vitest";
import { agentSays, userSays } from "../../test/desk.ts";
import { functionAgent } from "./function-agent.ts";

const turn = { messages: [agentSays("Hi!"), userSays("Light, please")] };

test("a function agent may return text", () => {
  const agent = functionAgent(({ messages }) => `I have seen ${messages.length} messages.`);
  expect(agent.respond(turn)).toMatchObject({ role: "assistant", content: "I have seen 2 messages.", tool_calls: null, cost: null });
});

test("calls of a function agent get unique ids", async () => {
  const agent = functionAgent(async () => ({
    tool_calls: [
      { name: "look", arguments: {} },
      { id: "own", name: "look", arguments: {} },
    ],
  }));
  expect((await agent.respond(turn)).tool_calls).toEqual([
    { id: "call_2_1", name: "look", arguments: {}, requestor: "assistant" },
    { id: "own", name: "look", arguments: {}, requestor: "assistant" },
  ]);
});

test("a function agent may return arguments as a model wrote them", async () => {
  const agent = functionAgent(() => ({
    tool_calls: [
      { name: "look", arguments: '{"at":1}' },
      { name: "look", arguments: null },
    ],
  }));
  expect((await agent.respond(turn)).tool_calls).toMatchObject([{ arguments: { at: 1 } }, { arguments: {} }]);
  const broken = functionAgent(() => ({ tool_calls: [{ name: "look", arguments: "{at" }] }));
  expect(() => broken.respond(turn)).toThrow("the arguments of the call of 'look' are not JSON");
});

test("an empty list of calls of a function agent becomes null", () => {
  expect(functionAgent(() => ({ content: "Hi!", tool_calls: [] })).respond(turn)).toMatchObject({ tool_calls: null });
});

test("a function agent ends conversations only with `isStop`", () => {
  expect(functionAgent(() => "Over").isStop).toBeUndefined();
  const agent = functionAgent(() => "Over", { name: "mine", isStop: ({ content }) => content === "Over" });
  expect([agent.implementation, agent.isStop?.(agentSays("Over"))]).toEqual(["mine", true]);
});
