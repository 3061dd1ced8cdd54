import { expect, test } from "vitest";
import { said, served } from "../../test/served.ts";

const stream = (chunks: readonly object[], done = true) => ({
  status: 200,
  headers: { "content-type": "text/event-stream" },
  body: [": processing", ...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}`), ...(done ? ["data: [DONE]"] : [])].join("\n\n"),
});
const delta = (value: object, more = {}) => ({ model: "m1-2025", choices: [{ index: 0, delta: value, finish_reason: null, ...more }] });
const end = (finish_reason = "stop") => ({ choices: [{ index: 0, delta: {}, finish_reason }] });

test("an answer that the endpoint streams unasked is assembled", async () => {
  const { ask } = await served([
    stream([
      delta({ role: "assistant", content: "" }),
      delta({ reasoning_content: "Hm" }),
      delta({ reasoning_content: "." }),
      delta({ content: "Hel" }),
      delta({ content: "lo" }),
      end(),
      { choices: [], usage: { prompt_tokens: 10, completion_tokens: 5 } },
    ]),
  ]);
  expect(await ask()).toMatchObject({
    content: "Hello",
    toolCalls: null,
    reasoning: "Hm.",
    model: "m1-2025",
    finishReason: "stop",
    usage: { prompt_tokens: 10, completion_tokens: 5 },
    raw: { choices: [{ message: { role: "assistant", content: "Hello" } }] },
  });
});

test("tool calls are assembled by their index", async () => {
  const part = (index: number, called: object, id?: string) =>
    delta({ tool_calls: [{ index, ...(id && { id, type: "function" }), function: called }] });
  const { ask } = await served([
    stream([
      part(0, { name: "f", arguments: "" }, "a"),
      part(1, { name: "g", arguments: "{" }, "b"),
      part(0, { arguments: '{"x"' }),
      part(1, { arguments: "}" }),
      part(0, { arguments: ": 1}" }),
      end("tool_calls"),
    ]),
  ]);
  expect((await ask()).toolCalls).toEqual([
    { id: "a", name: "f", arguments: { x: 1 } },
    { id: "b", name: "g", arguments: {} },
  ]);
});

test("whole tool calls with the same index, or with none, stay apart, and keep their signatures", async () => {
  const call = (id: string, more = {}) => ({ id, function: { name: "f", arguments: "{}" }, ...more });
  const { ask } = await served([
    stream([delta({ tool_calls: [call("a", { index: 0, extra_content: { sig: 1 } }), call("b", { index: 0 })] }), end()]),
    stream([delta({ tool_calls: [call("a")] }), delta({ tool_calls: [call("b")] }), end()]),
  ]);
  const first = await ask();
  expect(first.toolCalls?.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(first.raw).toMatchObject({ choices: [{ message: { tool_calls: [{ extra_content: { sig: 1 } }, {}] } }] });
  expect((await ask()).toolCalls?.map(({ id }) => id)).toEqual(["a", "b"]);
});

test("events may be separated by single line breaks, and end without [DONE]", async () => {
  const body = [delta({ content: "A" }), delta({ content: "B" }), end()].map((chunk) => `data: ${JSON.stringify(chunk)}`).join("\n");
  const { ask } = await served([{ status: 200, body }]);
  expect((await ask()).content).toBe("AB");
});

test("a stream that breaks off is transient, and retried", async () => {
  const { ask, server } = await served([stream([delta({ content: "Hel" })], false), "Hello"]);
  expect((await ask()).content).toBe("Hello");
  expect(server.requests).toHaveLength(2);
});

test.each([
  ["an error", `data: ${JSON.stringify({ error: { message: "model crashed" } })}`, /model crashed/],
  ["an event that is not JSON", "data: {oops", /not JSON: "\{oops"/],
  ["an event that is not an object", "data: 7", /not an object/],
])("%s in the stream is a fault of class `reply`", async (_, body, words) => {
  const { fail } = await served([{ status: 200, body }]);
  expect(await fail()).toMatchObject({ fault: "reply", message: said(words) });
});
