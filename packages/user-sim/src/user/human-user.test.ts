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

describe("a line of a human user", () => {
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
    ["/fly", /\/fly is not a command. Commands: \/stop, \/transfer, \/out-of-scope, \/set_mode/],
    ["/set_mode 4g", /key=value/],
    ["/set_mode {broken", /key=value/],
  ])("line '%s' is a problem with a hint", (line, hint) => {
    expect(parseHumanInput(line, [setMode])).toEqual({ problem: expect.stringMatching(hint) as string });
  });

  test("a call without tools is a problem", () => {
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

  test("a person is shown new messages, and prompted again after a line that is not understood", async () => {
    const { prompts, user } = lines("/fly", "Yes");
    const messages = [agent("Hi!"), { role: "user" as const, content: "Hello", tool_calls: null }, agent("Name?")];
    expect(await user.respond({ messages })).toEqual({ role: "user", content: "Yes", tool_calls: null, cost: 0 });
    expect(prompts.map(({ news, problem }) => [news, problem])).toEqual([
      [[agent("Name?")], null],
      [[agent("Name?")], expect.stringContaining("/fly")],
    ]);
  });

  test("the calls of a person get unique ids", async () => {
    const { user } = lines("/set_mode level=1", "/set_mode level=2");
    const first = await user.respond({ messages: [agent("Set it.")] });
    const second = await user.respond({ messages: [agent("Set it."), first] });
    expect([first, second].map((message) => message.tool_calls)).toEqual([
      [{ id: "human_call_1", name: "set_mode", arguments: { level: 1 }, requestor: "user" }],
      [{ id: "human_call_2", name: "set_mode", arguments: { level: 2 }, requestor: "user" }],
    ]);
  });

  test("null from `ask` ends the conversation", async () => {
    expect((await lines(null).user.respond({ messages: [] })).content).toBe("###STOP###");
  });

  test("a cancelled turn does not prompt", async () => {
    const { prompts, user } = lines("Yes");
    await expect(user.respond({ messages: [], signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
    expect(prompts).toEqual([]);
  });
});
