import { openAiModel } from "@tau2/user-sim";
import { scriptedModel, startModelServer, type ModelServerReply } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { onChores, written } from "../../test/training.ts";
import { getEnv } from "../training/tau2bench-env.ts";
import { modelPolicy, toChatMessages } from "./policy.ts";
import { rollout } from "./rollout.ts";

const env = getEnv("tau2bench", { ...onChores, is_async: true });
const milk = { user_id: "user_1", title: "Buy milk" };

async function play(replies: readonly ModelServerReply[], tools?: "native" | "text") {
  await using server = await startModelServer(replies);
  const model = openAiModel({ model: "m", baseUrl: server.baseUrl, maxRetries: 0 });
  const played = await rollout({
    env,
    policy: modelPolicy({ model, parameters: { top_p: 0.9, temperature: 1 }, tools }),
    temperature: 0.5,
    maxTokens: 64,
    seed: 1,
  });
  return {
    played,
    bodies: server.requests.map(
      ({ body }) => body as { messages: { role: string; content: string; tool_call_id?: string }[]; tools?: object[] },
    ),
  };
}

describe("a model as a policy", () => {
  test("is called with the tools, and its calls are played and shown to it again", async () => {
    const call = { toolCalls: [{ id: "x1", name: "create_task", arguments: milk }] };
    const say = { toolCalls: [{ id: "x2", name: "respond_user", arguments: { text: "Done." } }] };
    const { played, bodies } = await play([call, say]);
    expect(played).toMatchObject({ policy: "m", final_reward: 1 });
    expect(bodies[0]).toMatchObject({
      model: "m",
      top_p: 0.9,
      temperature: 0.5,
      max_tokens: 64,
      seed: expect.any(Number),
      tools: { length: env.tools.length },
    });
    expect(bodies[0]!.tools!.at(-1)).toMatchObject({ type: "function", function: { name: "respond_user" } });
    expect(bodies[1]!.messages.slice(2)).toMatchObject([
      { role: "assistant", content: null, tool_calls: [{ id: "x1", function: { name: "create_task" } }] },
      { role: "tool", tool_call_id: "x1" },
    ]);
  });

  test("may write its calls into its text; the answer then comes as words of the user", async () => {
    const { played, bodies } = await play([written("create_task", milk), written("respond_user", { text: "Done." })]);
    expect(played.final_reward).toBe(1);
    expect(bodies[1]!.messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
    expect(bodies[1]!.messages[3]!.content).toMatch(/^<tool_response>\n.*Buy milk.*\n<\/tool_response>$/);
  });

  test("receives the tools in the system prompt if its endpoint does not support tools", async () => {
    const { played, bodies } = await play([written("create_task", milk), written("respond_user", { text: "Done." })], "text");
    expect(played.final_reward).toBe(1);
    expect(bodies[0]).not.toHaveProperty("tools");
    expect(bodies[0]!.messages[0]!.content).toContain(`${env.systemPrompt}\n\nThese are the tools`);
    expect(bodies[0]!.messages[0]!.content).toContain('{"name":"create_task","description":');
    expect(played.episode_steps[0]!.state[0]!.content).toBe(env.systemPrompt);
  });

  test.each<[string, unknown]>([
    ["an object", {}],
    ["an empty text", ""],
    ["null", null],
    ["missing", undefined],
    ["encoded twice", '"{}"'],
  ])("may call a tool with arguments that are %s", async (_, sent) => {
    const message = { role: "assistant", tool_calls: [{ id: "x", type: "function", function: { name: "get_users", arguments: sent } }] };
    const { played } = await play([{ status: 200, body: { choices: [{ message }] } }, written("done", {})]);
    expect(played.episode_steps[0]!.next_obs).toMatchObject([{ role: "tool", content: expect.stringContaining("user_1") }]);
  });

  test.each([[undefined], [null], [""], ["call_1"]])("may give all its calls the id %j; on the wire they are unique", async (id) => {
    const called = { id, type: "function", function: { name: "get_users", arguments: "{}" } };
    const look = { status: 200, body: { choices: [{ message: { role: "assistant", content: null, tool_calls: [called, called] } }] } };
    const { played, bodies } = await play([look, look, written("done", {})]);
    const messages = bodies[2]!.messages as { tool_calls?: { id: string }[]; tool_call_id?: string }[];
    const calls = messages.flatMap(({ tool_calls = [] }) => tool_calls.map((call) => call.id));
    expect(new Set(calls).size).toBe(4);
    expect(calls).not.toContain("");
    expect(messages.flatMap(({ tool_call_id = [] }) => tool_call_id)).toEqual(calls);
    if (id) expect(played.episode_steps[1]!.action.tool_calls).toMatchObject([{ id }, { id }]);
  });

  test.each([true, false])("receives its signatures back, and its reasoning only if it is kept: %j", async (keepReasoning) => {
    const signature = { google: { thought_signature: "s" } };
    const called = { id: "x", type: "function", function: { name: "get_users", arguments: "{}" }, extra_content: signature };
    const message = { role: "assistant", content: null, reasoning_content: "Hm.", extra_content: signature, tool_calls: [called] };
    await using server = await startModelServer([{ status: 200, body: { choices: [{ message }] } }, written("done", {})]);
    const model = openAiModel({ model: "m", baseUrl: server.baseUrl, reasoning: "all" });
    await rollout({ env, policy: modelPolicy({ model, keepReasoning }) });
    const [, , sent] = server.requests[1]!.body["messages"] as Record<string, unknown>[];
    expect(sent).toMatchObject({ extra_content: signature, tool_calls: [{ id: "x", extra_content: signature }] });
    expect(sent!["reasoning_content"]).toBe(keepReasoning ? "Hm." : undefined);
  });

  test("receives an error for arguments that are not JSON, and continues", async () => {
    const broken = {
      index: 0,
      finish_reason: "tool_calls",
      message: { role: "assistant", tool_calls: [{ id: "x", type: "function", function: { name: "get_users", arguments: "{oops" } }] },
    };
    const { played, bodies } = await play([{ status: 200, body: { choices: [broken] } }, written("done", {})]);
    expect(played).toMatchObject({ final_reward: 0, error: null });
    expect(played.episode_steps[0]!.next_obs).toMatchObject([{ role: "tool", content: "Error: Tool 'invalid_tool_call' not found." }]);
    expect(bodies[1]!.messages[2]).toMatchObject({
      tool_calls: [{ function: { name: "get_users", arguments: '{"arguments": "{oops"}' } }],
    });
  });

  test("whose endpoint fails leaves an episode without a reward", async () => {
    const { played } = await play([{ status: 401, body: { error: { message: "who are you?" } } }]);
    expect(played).toMatchObject({
      final_reward: null,
      error: { role: "agent", class: "infrastructure", message: expect.stringContaining("who are you?") },
    });
  });

  test("may be given as it is", async () => {
    const model = scriptedModel([{ toolCalls: [{ id: "", name: "done", arguments: {} }] }], { name: "tiny" });
    const played = await rollout({ env, policy: model });
    expect(played).toMatchObject({ policy: "tiny", final_reward: 0, episode_steps: [{ action: { tool_calls: [{ id: "call_1_1" }] } }] });
    expect(model.requests[0]!.parameters).toEqual({});
  });
});

test("words of the user that follow each other are one message, as strict endpoints want it", () => {
  const messages = [
    { role: "system", content: "s" },
    { role: "tool", content: "sent" },
    { role: "user", content: "Hello" },
    { role: "assistant", content: "Hi" },
  ];
  expect(toChatMessages(messages)).toEqual([
    { role: "system", content: "s" },
    { role: "user", content: "<tool_response>\nsent\n</tool_response>\nHello" },
    { role: "assistant", content: "Hi", tool_calls: null, reasoning: null },
  ]);
});
