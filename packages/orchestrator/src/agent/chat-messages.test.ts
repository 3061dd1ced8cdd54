import { describe, expect, test } from "vitest";
import { agentSays, answer, call, userSays } from "../../test/desk.ts";
import { toAssistantMessage, toChatMessages } from "./chat-messages.ts";

describe("messages for an agent's model", () => {
  test("the system prompt comes first, then the visible messages", () => {
    const seen = [
      agentSays("Hi!"),
      userSays("Look"),
      agentSays(null, [call("look", {}, "assistant", "c1")]),
      answer("off", "assistant", "c1"),
    ];
    expect(toChatMessages("Be kind.", seen)).toEqual([
      { role: "system", content: "Be kind." },
      { role: "assistant", content: "Hi!", tool_calls: null, reasoning: null },
      { role: "user", content: "Look" },
      { role: "assistant", content: null, tool_calls: [{ id: "c1", name: "look", arguments: {} }], reasoning: null },
      { role: "tool", content: "off", tool_call_id: "c1" },
    ]);
  });

  test("an empty list of calls becomes null", () => {
    expect(toChatMessages("Be kind.", [agentSays("Hi!", [])])[1]).toMatchObject({ tool_calls: null });
  });

  test("signatures in the raw answer of an earlier message are kept with it", () => {
    const raw_data = { choices: [{ message: { extra_content: { sig: 1 }, tool_calls: [{ extra_content: { sig: 2 } }] } }] };
    expect(toChatMessages("Be kind.", [{ ...agentSays("Hi!"), raw_data }])[1]).toMatchObject({
      returned: { message: { extra_content: { sig: 1 } }, calls: [{ extra_content: { sig: 2 } }] },
    });
  });

  test.each(["reasoning_content", "reasoning"])("earlier reasoning is read from '%s' of the raw answer", (key) => {
    const thought = { ...agentSays("Hi!"), raw_data: { choices: [{ message: { content: "Hi!", [key]: "They may be cold." } }] } };
    expect(toChatMessages("Be kind.", [thought])[1]).toMatchObject({ reasoning: "They may be cold." });
  });

  test("a blank prompt and blank messages are refused", () => {
    expect(() => toChatMessages(" \n", [])).toThrow("System message must have content");
    expect(() => toChatMessages("Be kind.", [userSays(" ")])).toThrow("Message must have content or tool calls. got an empty user message");
    expect(() => toChatMessages("Be kind.", [agentSays(null, [])])).toThrow("got an empty assistant message");
  });
});

test("a reply becomes the agent's message with cost and usage", () => {
  const usage = { prompt_tokens: 10, completion_tokens: 2 };
  const reply = {
    content: "Hi!",
    reasoning: null,
    cost: 0.5,
    usage,
    model: "m",
    finishReason: "stop",
    raw: { id: 1 },
    generationSeconds: 1.5,
  };
  const message = { role: "assistant", content: "Hi!", cost: 0.5, usage, raw_data: { id: 1 }, generation_time_seconds: 1.5 };
  expect(toAssistantMessage({ ...reply, toolCalls: null })).toEqual({ ...message, tool_calls: null });
  const toolCalls = [{ id: "c1", name: "look", arguments: {} }];
  expect(toAssistantMessage({ ...reply, toolCalls })).toEqual({ ...message, tool_calls: [{ ...toolCalls[0], requestor: "assistant" }] });
});
