import type { Message, ToolDeclaration, UserScenario } from "@tau2/domains";
import { describe, expect, test } from "vitest";
import { scriptedModel } from "../testing/scripted-model.ts";
import { getUserGuidelines } from "./guidelines.ts";
import { flipRoles, llmUser } from "./llm-user.ts";

const scenario: UserScenario = {
  persona: "p\n\nq",
  instructions: { domain: "d", reason_for_call: "r1\n  \nr2", known_info: null, unknown_info: "u", task_instructions: "t" },
};
const tools: ToolDeclaration[] = [
  { type: "function", function: { name: "reboot", description: "Restarts.", parameters: { type: "object", properties: {} } } },
];
const greeting: Message = { role: "assistant", content: "Hi! How can I help you today?", tool_calls: null };

async function systemPrompt(options: Partial<Parameters<typeof llmUser>[0]>) {
  const model = scriptedModel(["Hello"]);
  await llmUser({ model, scenario, tools: null, ...options }).respond({ messages: [greeting] });
  return model.requests[0]?.messages[0]?.content ?? "";
}

describe("the prompt", () => {
  test("the prompt is the guidelines, a blank line, then the scenario byte for byte", async () => {
    expect(await systemPrompt({ guidelines: "Be a customer." })).toBe(
      "Be a customer.\n\n<scenario>\nPersona:\n\tp\n\n\tq\nInstructions:\n\tDomain: d\n\tReason for call:\n\t\tr1\n  \n\t\tr2\n\tUnknown info:\n\t\tu\n\tTask instructions:\n\t\tt\n</scenario>",
    );
  });

  test("users with tools get the guidelines for tools", async () => {
    const guidelines = { plain: "PLAIN", tools: "TOOLS" };
    expect(await systemPrompt({ guidelines })).toMatch(/^PLAIN/);
    expect(await systemPrompt({ guidelines, tools })).toMatch(/^TOOLS/);
    expect(await systemPrompt({ guidelines, tools: [] })).toMatch(/^PLAIN/);
  });

  test("the default guidelines name every stop token", async () => {
    const { plain, tools: withTools } = getUserGuidelines();
    for (const text of [plain, withTools]) {
      expect(["###STOP###", "###TRANSFER###", "###OUT-OF-SCOPE###"].filter((token) => !text.includes(token))).toEqual([]);
    }
    expect(await systemPrompt({})).toContain(getUserGuidelines().plain);
    expect(await systemPrompt({ tools })).toContain(getUserGuidelines().tools);
  });
});

describe("a turn", () => {
  test("a turn sends tools, parameters and the seed, and returns the reply with its cost", async () => {
    const model = scriptedModel([{ content: "Yes", cost: 0.5, usage: { prompt_tokens: 7, completion_tokens: 1 }, raw: { id: "x" } }]);
    const user = llmUser({ model, scenario, tools, parameters: { temperature: 0, seed: 1 }, seed: 626729 });
    const { signal } = new AbortController();
    expect(await user.respond({ messages: [greeting], signal })).toEqual({
      role: "user",
      content: "Yes",
      tool_calls: null,
      cost: 0.5,
      usage: { prompt_tokens: 7, completion_tokens: 1 },
      raw_data: { id: "x" },
    });
    expect(model.requests[0]).toMatchObject({ tools, parameters: { temperature: 0, seed: 626729 }, signal });
  });

  test("an empty list of tools is not sent", async () => {
    const model = scriptedModel(["Yes"]);
    await llmUser({ model, scenario, tools: [] }).respond({ messages: [greeting] });
    expect(model.requests[0]?.tools).toBeUndefined();
  });

  test("tool calls of the model become calls of the user", async () => {
    const model = scriptedModel([{ toolCalls: [{ id: "c1", name: "reboot", arguments: {} }] }]);
    const answer = await llmUser({ model, scenario, tools }).respond({ messages: [greeting] });
    expect(answer).toMatchObject({ content: null, tool_calls: [{ id: "c1", name: "reboot", arguments: {}, requestor: "user" }] });
  });
});

describe("role flip", () => {
  test("flipped roles keep ids, calls and results", () => {
    expect(
      flipRoles([
        greeting,
        { role: "user", content: null, tool_calls: [{ id: "c1", name: "reboot", arguments: { hard: true }, requestor: "user" }], cost: 1 },
        { id: "c1", role: "tool", content: "ok", requestor: "user", error: false },
        { role: "user", content: "Done", tool_calls: null },
      ]),
    ).toEqual([
      { role: "user", content: "Hi! How can I help you today?" },
      { role: "assistant", content: null, tool_calls: [{ id: "c1", name: "reboot", arguments: { hard: true } }], reasoning: null },
      { role: "tool", content: "ok", tool_call_id: "c1" },
      { role: "assistant", content: "Done", tool_calls: null, reasoning: null },
    ]);
  });

  test("an empty message of the agent is left out", () => {
    expect(flipRoles([{ role: "assistant", content: null, tool_calls: null }])).toEqual([]);
  });

  test("an agent's tool call never reaches the user", () => {
    const call: Message = {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "1", name: "look_up", arguments: {}, requestor: "assistant" }],
    };
    expect(() => flipRoles([call])).toThrow(/not supported in the flipped messages: the agent's call of look_up/);
  });
});
