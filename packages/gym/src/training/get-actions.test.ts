import { describe, expect, test } from "vitest";
import { getActions } from "./get-actions.ts";

const message = (text: string) => ({ role: "assistant", type: "message", text, call_id: null, name: null, arguments: null });
const call = (name: string, args: object, text: string) => ({
  role: "assistant",
  type: "function_call",
  text,
  call_id: null,
  name,
  arguments: args,
});
const invalid = (text: string) =>
  call(
    "invalid_tool_call",
    { arguments: JSON.stringify(text) },
    JSON.stringify({ name: "invalid_tool_call", arguments: text }).replace('","', '", "').replaceAll('":"', '": "'),
  );

describe("a model's text", () => {
  test("is a message where no call is marked, even when it is blank", () => {
    expect(getActions(" Let me see. ")).toEqual([message("Let me see.")]);
    expect(getActions("")).toEqual([message("")]);
  });

  test("is a call between the markers, and a message with what stands before the first of them", () => {
    const json = '{"name": "find", "arguments": {"id": 7}}';
    expect(getActions(`<tool_call>\n${json}\n</tool_call>`)).toEqual([call("find", { id: 7 }, json)]);
    expect(getActions(`First this.\n<tool_call>${json}</tool_call> and more`)).toEqual([
      message("First this."),
      call("find", { id: 7 }, json),
    ]);
    expect(getActions(`<tool_call>${json}`)).toEqual([call("find", { id: 7 }, json)]);
  });

  test("makes one call, the last", () => {
    const texts = ["a", "b"].map((name) => `<tool_call>{"name": "${name}", "arguments": {"x": 1}}</tool_call>`);
    expect(getActions(texts.join("\n")).map(({ name }) => name)).toEqual(["b"]);
  });

  test("is both message and call when the whole of it is a call without markers", () => {
    const json = '{"name": "find", "arguments": {"id": 7}}';
    expect(getActions(json)).toEqual([message(json), call("find", { id: 7 }, json)]);
  });

  test("keeps an empty object of arguments empty, so that tools without parameters can be called", () => {
    const json = '{"name": "get_users", "arguments": {}}';
    expect(getActions(`<tool_call>${json}</tool_call>`)).toEqual([call("get_users", {}, json)]);
  });

  test("has arguments other than an object as the text of one argument", () => {
    expect(getActions('<tool_call>{"name": "f", "arguments": [1, 2.0]}</tool_call>')[0]).toMatchObject({
      arguments: { arguments: "[1, 2.0]" },
    });
  });

  test("is written out as Python writes JSON, numbers by their kind", () => {
    const [action] = getActions('<tool_call>{"name":"é","arguments":{"a":1.0,"b":1e3}}</tool_call>');
    expect(action).toEqual(call("é", { a: 1, b: 1000 }, String.raw`{"name": "\u00e9", "arguments": {"a": 1.0, "b": 1000.0}}`));
  });

  test("with a call without a name, or with a name that is not text, uses the text of the call", () => {
    const json = '{"arguments": {"a": 1}}';
    expect(getActions(`<tool_call>${json}</tool_call>`)).toEqual([call(json, { a: 1 }, json)]);
    expect(getActions('<tool_call>{"name": true, "arguments": {"a": 1}}</tool_call>')[0]!.name).toBe("True");
  });

  test.each([
    ["broken JSON", "{bad", "{bad"],
    ["JSON that is not an object", "7", "7"],
    ["null", "null", "null"],
    ["a list", "[]", "[]"],
    ["a call without arguments", '{"name": "f", "arguments": null}', '{"name": "f", "arguments": null}'],
    ["nothing", "", ""],
  ])("that marks a call which cannot be read is a call of a tool that does not exist: %s", (_, inside, kept) => {
    expect(getActions(`<tool_call> ${inside} </tool_call>`)).toEqual([invalid(kept)]);
  });

  test("with nothing after its last marker is kept whole in it", () => {
    expect(getActions("Hm <tool_call>")).toEqual([message("Hm"), invalid("Hm <tool_call>")]);
  });

  test("may mark calls in another way", () => {
    const json = '{"name": "f", "arguments": {"x": 1}}';
    expect(getActions(`Hm <tool_call> [[${json}]]`, { open: "[[", close: "]]" })).toEqual([
      message("Hm <tool_call>"),
      call("f", { x: 1 }, json),
    ]);
  });

  test("of any length and depth is read without harm", () => {
    const deep = `<tool_call>{"name": "f", "arguments": ${"[".repeat(100_000)}`;
    expect(getActions(deep)[0]!.name).toBe("invalid_tool_call");
    expect(getActions(`${" ".repeat(1_000_000)}x${"\n".repeat(1_000_000)}`)).toEqual([message("x")]);
  });
});
