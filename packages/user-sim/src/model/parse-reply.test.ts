import { describe, expect, test } from "vitest";
import { callReply, messageReply, said, served } from "../../test/served.ts";
import type { ModelServerReply } from "../testing/model-server.ts";

describe("a reply in the forms that endpoints send", () => {
  test.each<[string, unknown, object]>([
    ["JSON text", '{"a": 1}', { a: 1 }],
    ["an object", { a: 1 }, { a: 1 }],
    ["JSON text that was encoded twice", JSON.stringify('{"a": 1}'), { a: 1 }],
    ["an empty text", "", {}],
    ["blanks", " \n", {}],
    ["null", null, {}],
    ["the text null", "null", {}],
    ["missing", undefined, {}],
  ])("the arguments of a call may be %s", async (_, written, args) => {
    const { ask } = await served([callReply(written)]);
    expect((await ask()).toolCalls).toMatchObject([{ name: "f", arguments: args }]);
  });

  test.each([
    [undefined, ""],
    [null, ""],
    ["", ""],
    [7, "7"],
    ["c1", "c1"],
  ])("a call with the id %j is a reply, and the record keeps the id", async (id, kept) => {
    const { ask } = await served([messageReply({ tool_calls: [{ id, function: { name: "f", arguments: "{}" } }] })]);
    expect((await ask()).toolCalls).toMatchObject([{ id: kept }]);
  });

  test("content in parts is joined, and its thinking is the reasoning", async () => {
    const thinking = { type: "thinking", thinking: [{ type: "text", text: "Hm. " }], signature: "s" };
    const parts = [
      thinking,
      { type: "text", text: "Your line " },
      "is ",
      { type: "output_text", text: "active." },
      { type: "reasoning", text: "Ok." },
    ];
    const { ask } = await served([
      messageReply({ role: "assistant", content: parts }),
      messageReply({ role: "assistant", content: [{ type: "text", text: "x" }], reasoning_content: "because" }),
      messageReply({ role: "assistant", content: [] }),
    ]);
    expect(await ask()).toMatchObject({ content: "Your line is active.", reasoning: "Hm. Ok." });
    expect(await ask()).toMatchObject({ content: "x", reasoning: "because" });
    expect(await ask()).toMatchObject({ content: null, reasoning: null });
  });

  test("a refusal is the content of a message without another one", async () => {
    const { ask } = await served([
      messageReply({ role: "assistant", content: null, refusal: "I cannot help with that." }),
      messageReply({ role: "assistant", content: [{ type: "refusal", refusal: "No." }] }),
      messageReply({ role: "assistant", content: "Sure.", refusal: "Or not." }),
    ]);
    expect([(await ask()).content, (await ask()).content, (await ask()).content]).toEqual(["I cannot help with that.", "No.", "Sure."]);
  });

  test("text that the token limit cut off is a reply", async () => {
    const { ask } = await served([messageReply({ role: "assistant", content: "Your li" }, { finish_reason: "length" })]);
    expect(await ask()).toMatchObject({ content: "Your li", finishReason: "length" });
  });
});

describe("an unusable answer is a fault of class `reply` and is not retried", () => {
  test.each<[string, ModelServerReply, RegExp]>([
    ["not JSON", { status: 200, body: "<html>Welcome to nginx</html>" }, /not JSON: "<html>Welcome to nginx<\/html>"; is the base URL/],
    ["empty", { status: 200, body: "" }, /empty body/],
    ["no choices", { status: 200, body: { choices: [] } }, /chat completion \(choices/],
    ["an error in its place", { status: 200, body: { error: { message: "model crashed" } } }, /model crashed/],
    ["another role", messageReply({ role: "user", content: "x" }), /choices\.0\.message\.role/],
    [
      "content that is an object",
      messageReply({ role: "assistant", content: { text: "x" } }),
      /choices\.0\.message\.content: expected text/,
    ],
    ["arguments that are not JSON", callReply("{seats: 2"), /arguments of the call of 'f' are not JSON .*"\{seats: 2"/],
    ["arguments in a list", callReply("[1]"), /not an object/],
    ["arguments cut off at the limit", callReply('{"a": ', { finish_reason: "length" }), /cut off at the token limit, a higher max_tokens/],
    ["arguments that are a list", callReply([1]), /arguments of the call of 'f' are not an object: "\[1\]"/],
  ])("%s", async (_, reply, words) => {
    const { fail, server } = await served([reply]);
    expect(await fail()).toMatchObject({ fault: "reply", message: said(words) });
    expect(server.requests).toHaveLength(1);
  });
});

test.each([
  ["length", "", /token limit.*max_tokens/],
  ["length", null, /token limit/],
  ["content_filter", "", /content filter.*another model/],
])(
  "an empty message with finish reason %j names endpoint, reason and remedy, and is not retried",
  async (finish_reason, content, words) => {
    const message = { role: "assistant", content, reasoning_content: "Let me think" };
    const { fail, server } = await served([messageReply(message, { finish_reason })]);
    const error = await fail();
    expect(error).toMatchObject({ fault: "configuration", message: said(words) });
    expect(error.message).toContain(server.baseUrl);
    expect(server.requests).toHaveLength(1);
  },
);
