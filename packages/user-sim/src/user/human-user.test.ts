import type { Message, ToolDeclaration } from "@tau2/domains";
import { describe, expect, test } from "vitest";
import { parseHumanInput, humanUser, type HumanPrompt } from "./human-user.ts";
const setMode: ToolDeclaration = {
  type: "function",
  function: {
    name: "set_mode",
    description: "Sets.",
    parameters: { type: "object", properties: { mode: { type: "string" }, level: { type: "integer" } } },
  },
};
const agent = (content: string): Message => ({ role: "assistant", content, tool_calls: null });

describe("what a human types", () => {
  test.each([
    ["Hello there", { say: "Hello there" }],
    ["  /stop ", { say: "###STOP###" }],
    ["/transfer", { say: "###TRANSFER###" }],
    ["/out-of-scope", { say: "###OUT-OF-SCOPE###" }],
    ["//stop is what I typed", { say: "/stop is what I typed" }],
    ["/set_mode", { call: { name: "set_mode", arguments: {} } }],
    ["/set_mode mode=4g level=2", { call: { name: "set_mode", arguments: { mode: "4g", level: 2 } } }],
    ["/set_mode mode=5 level=2", { call: { name: "set_mode", arguments: { mode: "5", level: 2 } } }],
    ["/set_mode level=null other=x", { call: { name: "set_mode", arguments: { level: null, other: "x" } } }],
    ['/set_mode mode="two words"', { call: { name: "set_mode", arguments: { mode: "two words" } } }],
    ['/set_mode {"mode": null}', { call: { name: "set_mode", arguments: { mode: null } } }],
  ])("%s", (line, input) => {
    expect(parseHumanInput(line, [setMode])).toEqual(input);
  });

  test.each([
    ["", /Say something/],
    ["/fly", /There is no \/fly. Commands: \/stop, \/transfer, \/out-of-scope, \/set_mode/],
    ["/set_mode 4g", /key=value/],
    ["/set_mode {broken", /key=value/],
  ])("'%s' is not understood, with a hint", (line, hint) => {
    expect(parseHumanInput(line, [setMode])).toEqual({ problem: expect.stringMatching(hint) as string });
  });

  test("without tools there is nothing to call", () => {
    expect(parseHumanInput("/set_mode", null)).toHaveProperty("problem");
  });
});

describe("a human user", () => {
  const lines = (...typed: (string | null)[]) => {
    const prompts: HumanPrompt[] = [];
    const ask = (prompt: HumanPrompt) => {
      prompts.push(prompt);
      return typed[prompts.length - 1] ?? null;
    };
    return { prompts, user: humanUser({ ask, tools: [setMode] }) };
  };

  test("is shown what is new and asked again until they are understood", async () => {
    const { prompts, user } = lines("/fly", "Yes");
    const messages = [agent("Hi!"), { role: "user" as const, content: "Hello", tool_calls: null }, agent("Name?")];
    expect(await user.respond({ messages })).toEqual({ role: "user", content: "Yes", tool_calls: null, cost: 0 });
    expect(prompts.map(({ news, problem }) => [news, problem])).toEqual([
      [[agent("Name?")], null],
      [[agent("Name?")], expect.stringContaining("/fly")],
    ]);
  });

  test("calls tools under ids of its own", async () => {
    const { user } = lines("/set_mode level=1", "/set_mode level=2");
    const first = await user.respond({ messages: [agent("Set it.")] });
    const second = await user.respond({ messages: [agent("Set it."), first] });
    expect([first, second].map((message) => message.tool_calls)).toEqual([
      [{ id: "human_call_1", name: "set_mode", arguments: { level: 1 }, requestor: "user" }],
      [{ id: "human_call_2", name: "set_mode", arguments: { level: 2 }, requestor: "user" }],
    ]);
  });

  test("who has left has hung up", async () => {
    expect((await lines(null).user.respond({ messages: [] })).content).toBe("###STOP###");
  });

  test("a cancelled turn does not ask", async () => {
    const { prompts, user } = lines("Yes");
    await expect(user.respond({ messages: [], signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
    expect(prompts).toEqual([]);
  });
});
