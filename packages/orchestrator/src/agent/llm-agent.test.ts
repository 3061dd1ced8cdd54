import { toToolDeclaration, getTools } from "@tau2/domains/internal";
import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { agentSays, deskSetup, deskTask, ringBell, switchOn, userSays } from "../../test/desk.ts";
import { llmAgent, getAgentPrompt, formatSystemPrompt } from "./llm-agent.ts";
import { isGtTask, llmGtAgent } from "./llm-gt-agent.ts";
import { isSoloTask, llmSoloAgent } from "./llm-solo-agent.ts";
import { isAgentStop } from "./agent-stop.ts";

const tools = getTools(deskSetup(), "assistant").map(toToolDeclaration);
const basics = { policy: "Be kind to lamps.", tools, prompt: "Serve." };
const turn = { messages: [agentSays("Hi!"), userSays("Light, please")] };

describe("the agent under test", () => {
  test("sends instructions, policy, tools, parameters and seed", async () => {
    const model = scriptedModel(["Of course."]);
    const agent = llmAgent({ model, ...basics, parameters: { temperature: 0, seed: 1 }, seed: 7 });
    expect(await agent.respond(turn)).toMatchObject({ role: "assistant", content: "Of course.", tool_calls: null });
    const [request] = model.requests;
    expect(request?.messages[0]).toEqual({
      role: "system",
      content: "<instructions>\nServe.\n</instructions>\n<policy>\nBe kind to lamps.\n</policy>",
    });
    expect(request).toMatchObject({ tools, toolChoice: "auto", parameters: { temperature: 0, seed: 7 } });
  });

  test("sends neither `tools` nor `toolChoice` without tools", async () => {
    const model = scriptedModel(["Of course."]);
    await llmAgent({ model, ...basics, tools: [] }).respond(turn);
    expect(model.requests[0]).not.toHaveProperty("tools");
    expect(model.requests[0]).not.toHaveProperty("toolChoice");
  });

  test("cannot end a conversation", () => {
    expect(llmAgent({ model: scriptedModel([]), ...basics }).isStop).toBeUndefined();
  });

  test("the default instructions are those of this package", async () => {
    const model = scriptedModel(["Of course."]);
    await llmAgent({ model, policy: basics.policy, tools }).respond(turn);
    expect(model.requests[0]?.messages[0]?.content).toMatch(/^<instructions>\nYou work in customer service/);
  });
});

describe("the agent with the solution", () => {
  const task = deskTask({}, { actions: [switchOn, { ...ringBell, arguments: { times: 2 } }] });
  const system = async (showArguments?: boolean) => {
    const model = scriptedModel(["Of course."]);
    await llmGtAgent({ model, ...basics, task, ...(showArguments === undefined ? {} : { showArguments }) }).respond(turn);
    return model.requests[0]?.messages[0]?.content;
  };

  test("lists the steps after the policy", async () => {
    expect(await system()).toMatch(
      /<\/policy>\n<resolution_steps>\n\[Step 1\] Perform the following action: switch_lamp\(on=True\)\.\n\[Step 2\] Instruct the user to perform the following action: ring_bell\(times=2\)\.\n<\/resolution_steps>$/,
    );
  });

  test("shows only the names of steps on request", async () => {
    expect(await system(false)).toContain("\n[Step 1] Assistant action: switch_lamp.\n[Step 2] User action: ring_bell.\n");
  });

  test("needs a task with a solution", () => {
    const unsolved = deskTask({}, { actions: [] });
    expect([isGtTask(task), isGtTask(unsolved), isGtTask(deskTask({ evaluation_criteria: null }))]).toEqual([true, false, false]);
    expect(() => llmGtAgent({ model: scriptedModel([]), ...basics, task: unsolved })).toThrow("Task ID is not valid. Cannot run GT agent.");
  });
});

describe("the solo agent", () => {
  const task = deskTask();
  const done = { id: "2", name: "done", arguments: {} };
  const look = { id: "1", name: "look", arguments: {} };

  test("has the ticket after the policy, and must call tools", async () => {
    const model = scriptedModel([{ toolCalls: [look] }]);
    await llmSoloAgent({ model, ...basics, task }).respond({ messages: [] });
    const [request] = model.requests;
    expect(request?.messages[0]?.content).toMatch(/<\/policy>\n<ticket>\nThe lamp is to be on\.\n<\/ticket>$/);
    expect(request?.toolChoice).toBe("required");
    expect(request?.tools?.map((tool) => tool.function.name)).toEqual(["switch_lamp", "look", "done"]);
  });

  test("stops with `done` and drops other calls", async () => {
    const agent = llmSoloAgent({ model: scriptedModel([{ content: "So.", toolCalls: [look, done] }]), ...basics, task });
    const message = await agent.respond({ messages: [] });
    expect(message).toMatchObject({ content: "###STOP###", tool_calls: null });
    expect(agent.isStop?.(message)).toBe(true);
  });

  test("continues until it calls `done`", async () => {
    const agent = llmSoloAgent({ model: scriptedModel([{ toolCalls: [look] }]), ...basics, task });
    expect(isAgentStop(await agent.respond({ messages: [] }))).toBe(false);
  });

  test("refuses text and user messages", async () => {
    const agent = llmSoloAgent({ model: scriptedModel(["Hello?"]), ...basics, task });
    await expect(agent.respond({ messages: [] })).rejects.toThrow("LLMSoloAgent only supports tool calls.");
    await expect(agent.respond(turn)).rejects.toThrow("LLMSoloAgent does not support user messages.");
  });

  test.each([
    ["a ticket and a solution", {}, true],
    ["no ticket", { ticket: null }, false],
    ["no solution", { evaluation_criteria: { actions: [] } }, false],
    ["an initial state, and so neither", { ticket: null, evaluation_criteria: null, initial_state: {} }, true],
    ["a history with the user's words", { initial_state: { message_history: [userSays("Hello")] } }, false],
    ["a history with the agent's words", { initial_state: { message_history: [agentSays("Hello")] } }, false],
  ])("a task with %s", (_, fields, valid) => {
    expect(isSoloTask(deskTask(fields))).toBe(valid);
  });

  test("refuses other tasks", () => {
    expect(() => llmSoloAgent({ model: scriptedModel([]), ...basics, task: deskTask({ ticket: null }) })).toThrow("Task ID is not valid.");
  });
});

test("a system prompt has each block between tags on lines of their own", () => {
  expect(formatSystemPrompt({ instructions: "Be kind.", policy: "# Policy\n\n1. Nothing.\n" })).toBe(
    "<instructions>\nBe kind.\n</instructions>\n<policy>\n# Policy\n\n1. Nothing.\n\n</policy>",
  );
});

test.each(["agent", "agent-gt", "agent-solo"] as const)(
  "the instructions '%s' come with the package and end without a line end",
  (name) => {
    expect(getAgentPrompt(name)).toMatch(/customer service.*\S$/s);
  },
);
