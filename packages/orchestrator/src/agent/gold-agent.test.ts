import type { Message } from "@tau2/domains";
import { describe, expect, test } from "vitest";
import { agentSays, answer, call, deskTask, lines, ringBell, switchOn, userSays } from "../../test/desk.ts";
import { goldAgent } from "./gold-agent.ts";
import { noopAgent } from "./noop-agent.ts";

const look = { action_id: "look", name: "look", arguments: {} };
const opening = [agentSays("Hi!"), userSays("Light, please")];

/** Lets the agent talk; answers each call and each message with something. */
function talk(agent: ReturnType<typeof goldAgent>, turns: number, seen: readonly Message[] = opening): Message[] {
  const messages = [...seen];
  for (let i = 0; i < turns; i++) {
    const said = agent.respond({ messages });
    messages.push(said, said.tool_calls ? answer("ok", "assistant", said.tool_calls[0]!.id) : userSays("All right."));
  }
  return messages.slice(seen.length).filter(({ role }) => role === "assistant");
}

describe("the gold agent", () => {
  test("makes its calls in order, then communicates the facts once", () => {
    const task = deskTask({}, { actions: [look, switchOn], communicate_info: ["42 lumen", "60 W"] });
    expect(lines(talk(goldAgent({ task }), 4))).toEqual([
      "assistant: look()",
      "assistant: switch_lamp()",
      "assistant: Here is what you need to know: 42 lumen; 60 W. Everything is taken care of.",
      "assistant: Thank you for your call.",
    ]);
  });

  test("asks the user for each of their actions", () => {
    const task = deskTask({}, { actions: [{ ...ringBell, arguments: { times: 2 } }, switchOn] });
    const said = lines(talk(goldAgent({ task }), 2));
    expect(said[0]).toMatch(/^assistant: Please .*ring_bell\(times=2\)/);
    expect(said[1]).toBe("assistant: switch_lamp()");
  });

  test("repeats a step that the solution repeats", () => {
    const task = deskTask({}, { actions: [look, look] });
    expect(lines(talk(goldAgent({ task }), 3)).filter((line) => line.endsWith("look()"))).toHaveLength(2);
  });

  test("continues after a failed call", () => {
    const agent = goldAgent({ task: deskTask({}, { actions: [switchOn, look] }) });
    const failed = { ...answer("Error: no", "assistant", "gold_1"), error: true };
    const said = agent.respond({
      messages: [...opening, agentSays(null, [call("switch_lamp", { on: true }, "assistant", "gold_1")]), failed],
    });
    expect(said.tool_calls).toMatchObject([{ name: "look" }]);
  });

  test("gives the same answer to the same conversation", () => {
    const agent = goldAgent({ task: deskTask() });
    expect(agent.respond({ messages: opening })).toEqual(agent.respond({ messages: opening }));
  });

  test("does not count actions of the task's history as its own", () => {
    const history = [
      userSays("Light, please"),
      agentSays(null, [call("switch_lamp", { on: true })]),
      answer("The lamp is on"),
      agentSays("Done"),
    ];
    const agent = goldAgent({ task: deskTask({ initial_state: { message_history: history } }) });
    expect(agent.respond({ messages: [...history, userSays("More")] }).tool_calls).toMatchObject([{ name: "switch_lamp" }]);
  });

  test("performs the user's actions itself in solo mode, and stops", () => {
    const agent = goldAgent({ task: deskTask({}, { actions: [ringBell], communicate_info: ["42 lumen"] }), solo: true });
    const said = talk(agent, 2, []);
    expect(lines(said)).toEqual(["assistant: ring_bell()", "assistant: Here is what you need to know: 42 lumen. ###STOP###"]);
    expect(agent.isStop?.(agentSays(said[1]!.content))).toBe(true);
  });
});

describe("the noop agent", () => {
  test("stays polite and calls no tools", () => {
    const agent = noopAgent();
    expect(agent.respond({ messages: opening })).toMatchObject({ content: "Thank you for your patience.", tool_calls: null, cost: 0 });
    expect(agent.isStop).toBeUndefined();
  });

  test("stops with its first message in solo mode", () => {
    const agent = noopAgent({ solo: true });
    expect(agent.isStop?.(agent.respond({ messages: [] }))).toBe(true);
  });
});
