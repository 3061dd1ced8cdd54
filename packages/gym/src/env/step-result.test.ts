import type { Message } from "@tau2/domains";
import { ModelError } from "@tau2/user-sim";
import { scriptedModel } from "@tau2/user-sim/testing";
import { expect, test } from "vitest";
import { agentEnv, buyMilk } from "../../test/chores.ts";
import { toTau2BenchReset, toTau2BenchStep, getNewMessages, formatObservation } from "./step-result.ts";

test("a value that does not exist yet is an empty object", async () => {
  const env = agentEnv();
  const reset = toTau2BenchReset(await env.reset());
  expect(Object.keys(reset.info).toSorted()).toEqual(["policy", "simulation_run", "task", "tools"]);
  expect(reset.info.simulation_run).toEqual({});
  const step = toTau2BenchStep(await env.step(buyMilk));
  expect(step).toMatchObject({ reward: 0, terminated: false, truncated: false, info: { simulation_run: {}, reward_info: {} } });
});

test("every end is terminated, also one by a limit", async () => {
  const env = agentEnv({ maxSteps: 3 });
  await env.reset();
  expect(toTau2BenchStep(await env.step(buyMilk))).toMatchObject({ reward: 0, terminated: true, truncated: false });
});

test("a fault of the user ends the episode with reward 0 and nothing to show", async () => {
  const env = agentEnv({ user: scriptedModel(["Milk, please.", new ModelError("transient", "overloaded")]) });
  await env.reset();
  const { info, ...shown } = toTau2BenchStep(await env.step("Hello."));
  expect(shown).toEqual({ observation: "", reward: 0, terminated: true, truncated: false });
  expect(info).toMatchObject({ simulation_run: {}, reward_info: {} });
  expect(info).not.toHaveProperty("error");
});

test("a step that was not taken shows no grade", async () => {
  const env = agentEnv();
  await env.reset();
  expect(toTau2BenchStep(await env.step("")).info).not.toHaveProperty("reward_info");
  await env.step("done()");
  expect(toTau2BenchStep(await env.step("")).info).not.toHaveProperty("reward_info");
});

const call = (id: string, name: string, requestor: "assistant" | "user") => ({ id, name, arguments: { b: 1, a: "x" }, requestor });
const messages: Message[] = [
  { role: "assistant", content: "Hi!", tool_calls: null },
  { role: "user", content: null, tool_calls: [call("u", "look", "user")] },
  { role: "tool", id: "u", content: "dark", requestor: "user", error: false },
  { role: "user", content: "It is dark.", tool_calls: null },
  { role: "assistant", content: "One moment.", tool_calls: [call("a", "f", "assistant"), call("b", "g", "assistant")] },
  { role: "tool", id: "a", content: "one", requestor: "assistant", error: false },
  { role: "tool", id: "b", content: "Error: two", requestor: "assistant", error: true },
];

test("an entry for each message, calls in one line", () => {
  expect(formatObservation(messages)).toBe(
    "assistant: Hi!\nuser: look(a='x', b=1)\ntool: dark\nuser: It is dark.\nassistant: f(a='x', b=1), g(a='x', b=1)\ntool: one\ntool: Error: two",
  );
});

test("the messages after its last one are new to the agent, except the user's own calls", () => {
  expect(formatObservation(getNewMessages(messages, "agent"))).toBe("tool: one\ntool: Error: two");
  expect(formatObservation(getNewMessages(messages.slice(0, 4), "agent"))).toBe("user: It is dark.");
});

test("new to the user is not what the agent did, even when it talked meanwhile", () => {
  expect(getNewMessages(messages, "user")).toEqual([]);
  expect(formatObservation(getNewMessages(messages.slice(0, 3), "user"))).toBe("tool: dark");
});

test("a learner that has not spoken yet sees everything", () => {
  expect(formatObservation(getNewMessages(messages.slice(0, 1), "user"))).toBe("assistant: Hi!");
});
