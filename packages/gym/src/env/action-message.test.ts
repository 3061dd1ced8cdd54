import { describe, expect, test } from "vitest";
import { actionMessage, type Action } from "./action-message.ts";

describe("an action as values", () => {
  test("words", () => {
    expect(actionMessage({ content: "Hello." }, "user", 4)).toEqual({ role: "user", content: "Hello.", tool_calls: null, cost: null });
  });

  test("calls are the learner's, with ids made up where they have none", () => {
    const calls = [
      { name: "f", arguments: { a: [1] } },
      { id: "own", name: "g", arguments: {} },
    ];
    expect(actionMessage({ content: null, tool_calls: calls }, "user", 4)?.tool_calls).toEqual([
      { id: "call_4_1", name: "f", arguments: { a: [1] }, requestor: "user" },
      { id: "own", name: "g", arguments: {}, requestor: "user" },
    ]);
  });

  test.each<[string, Action]>([
    ["blank text", "  "],
    ["no words", { content: "" }],
    ["no words and no calls", { content: null, tool_calls: [] }],
    ["nothing", {}],
  ])("%s is no action", (_, action) => {
    expect(actionMessage(action, "assistant", 0)).toBeNull();
  });

  test.each<[string, unknown]>([
    ["it is null", null],
    ["it is number", 5],
    ["content is of type number", { content: 5 }],
    ["tool_calls is not a list", { tool_calls: {} }],
    ["tool_calls[0] is not an object", { tool_calls: [null] }],
    ["it has name, arguments, and neither content nor tool_calls", { name: "f", arguments: {} }],
    ["tool_calls[0] has no name", { tool_calls: [{ arguments: {} }] }],
    ["tool_calls[0] is in the form of chat completions", { tool_calls: [{ id: "a", function: { name: "f", arguments: "{}" } }] }],
    ["tool_calls[0] (f) has no arguments object; parse them first", { tool_calls: [{ name: "f", arguments: "{}" }] }],
    ["tool_calls[0] (f) has an id that is not text", { tool_calls: [{ name: "f", arguments: {}, id: 1 }] }],
    ["tool_calls[0] has arguments that JSON cannot hold", { tool_calls: [{ name: "f", arguments: { n: 1n } }] }],
  ])("a value that is none is refused with a hint: %s", (hint, action) => {
    expect(() => actionMessage(action as Action, "assistant", 0)).toThrow(hint);
  });
});
