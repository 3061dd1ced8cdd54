import type { Message } from "@tau2/domains";
import { expect, test } from "vitest";
import { dummyUser } from "./dummy-user.ts";
import { replayUser } from "./replay-user.ts";

const agent = (content: string): Message => ({ role: "assistant", content, tool_calls: null });
const call = { id: "c1", name: "reboot", arguments: {}, requestor: "user" as const };
const recorded: Message[] = [
  agent("Hi!"),
  { role: "user", content: "My phone is dead.", tool_calls: null, cost: 0.3, timestamp: "2025-01-01T00:00:00", turn_idx: 1 },
  agent("Reboot it."),
  { role: "user", content: null, tool_calls: [call], cost: 0.1 },
  { id: "c1", role: "tool", content: "ok", requestor: "user", error: false },
  { role: "user", content: "Works. ###STOP###", tool_calls: null },
];

test("a replayed user repeats its recorded messages in order, whatever the agent says, without cost", async () => {
  const user = replayUser({ messages: recorded });
  const now: Message[] = [agent("Other words")];
  const said = [];
  for (let turn = 0; turn < 3; turn++) {
    const message = await user.respond({ messages: now });
    said.push(message);
    now.push(message);
  }
  expect(said).toEqual([
    { role: "user", content: "My phone is dead.", tool_calls: null, cost: 0 },
    { role: "user", content: null, tool_calls: [call], cost: 0 },
    { role: "user", content: "Works. ###STOP###", tool_calls: null, cost: 0 },
  ]);
});

test("a turn beyond the recording is an error", () => {
  const user = replayUser({ messages: recorded });
  expect(() => user.respond({ messages: recorded })).toThrow(/spoke 3 times/);
});

test("the dummy user cannot speak", () => {
  expect(() => dummyUser().respond({ messages: [] })).toThrow(/solo mode/);
});
