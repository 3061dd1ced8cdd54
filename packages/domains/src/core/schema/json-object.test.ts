import { describe, expect, test } from "vitest";
import { messageSchema } from "../task/message.ts";
import { expectedActionSchema } from "../task/task.ts";
import { jsonObject } from "./json-object.ts";

const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];

describe("names of arguments that objects inherit", () => {
  test.each(names)("%s stays in a record of a call", (name) => {
    const args = JSON.parse(`{"a": {"${name}": [1]}, "${name}": {"b": 1}}`) as object;
    const message = { role: "assistant", tool_calls: [{ name: "f", arguments: args }] };
    const read = messageSchema.parse(JSON.parse(JSON.stringify(message)));
    expect(JSON.stringify((read as { tool_calls: { arguments: unknown }[] }).tool_calls[0]!.arguments)).toBe(JSON.stringify(args));
    const action = expectedActionSchema.parse({ action_id: "1", name: "f", arguments: args });
    expect(JSON.stringify(action.arguments)).toBe(JSON.stringify(args));
  });
});

test.each([
  ["a list", [], []],
  ["text", "x", []],
  ["nothing", undefined, []],
  ["a function inside", { a: { b: () => 1 } }, ["a"]],
])("%s is not a JSON object", (_, value, path) => {
  const { error } = jsonObject.safeParse(value);
  expect(error?.issues[0]?.path).toEqual(path);
});
