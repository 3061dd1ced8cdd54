import { describe, expect, test } from "vitest";
import { messageReply, served } from "../../test/served.ts";
import { flipRoles } from "../user/llm-user.ts";
import type { ChatMessage } from "./chat-model.ts";
import type { ReasoningPolicy } from "./request-body.ts";
import { findRemembered, readRemembered } from "./returned-fields.ts";

const call = { id: "c1", type: "function", function: { name: "reboot", arguments: "{}" } };
const signed = {
  role: "assistant",
  content: null,
  reasoning_content: "It hangs.",
  extra_content: { google: { thought_signature: "sig-message" } },
  reasoning_details: [{ type: "reasoning.encrypted", data: "e" }],
  thinking_blocks: [{ type: "thinking", thinking: "It hangs.", signature: "s" }],
  tool_calls: [call, { ...call, id: "c2", extra_content: { google: { thought_signature: "sig-call" } } }],
};

/** Sends a conversation in which the model gave this answer before its last one. Returns the answer as it was sent back. */
async function sendBack(message: object, reasoning?: ReasoningPolicy, user = false) {
  const { ask, server } = await served([messageReply(message), "Done."], { reasoning });
  const { content, toolCalls, raw } = await ask();
  const said: ChatMessage = { role: "assistant", content, tool_calls: toolCalls, ...findRemembered(raw) };
  const asUser = flipRoles([
    { role: "user", content, tool_calls: toolCalls?.map((made) => ({ ...made, requestor: "user" })) ?? null, raw_data: raw },
  ]);
  const answers = (toolCalls ?? []).map(({ id }): ChatMessage => ({ role: "tool", content: "ok", tool_call_id: id }));
  await ask({ messages: [{ role: "user", content: "Hi" }, ...(user ? asUser : [said]), ...answers] });
  return (server.requests[1]!.body["messages"] as object[])[1]!;
}

describe("signatures and signed reasoning", () => {
  test.each<[ReasoningPolicy | undefined]>([[undefined], ["none"], ["all"]])(
    "go back with their message and call with the reasoning policy %j",
    async (policy) => {
      const { reasoning_content, ...fields } = signed;
      const sent = await sendBack(signed, policy);
      expect(sent).toEqual({ ...fields, ...(policy === "all" && { reasoning_content }) });
    },
  );

  test("of a user's model go back too", async () => {
    expect(await sendBack(signed, "all", true)).toEqual(signed);
  });

  test("are not sent where the endpoint gave null or none", async () => {
    const plain = { role: "assistant", content: "Hello", extra_content: null, reasoning_details: null };
    expect(await sendBack(plain, "all")).toEqual({ role: "assistant", content: "Hello" });
  });
});

test.each(["reasoning_content", "reasoning"])("reasoning text goes back under the key that the endpoint gave it: %s", async (key) => {
  const message = { role: "assistant", content: "Hello", [key]: "It is morning." };
  expect(await sendBack(message, "all")).toEqual(message);
  expect(await sendBack(message)).toEqual({ role: "assistant", content: "Hello" });
});

test.each([[null], [undefined], ["text"], [{}], [{ choices: [] }], [{ choices: [{}] }], [{ choices: "x" }]])(
  "nothing is remembered of the answer %j",
  (raw) => {
    expect(findRemembered(raw)).toEqual({ reasoning: null });
    expect(readRemembered(raw)).toEqual({ reasoning: null });
  },
);
