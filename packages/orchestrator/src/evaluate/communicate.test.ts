import { describe, expect, test } from "vitest";
import { asks, says, task } from "../../test/to-dos.ts";
import { evaluateCommunicate } from "./communicate.ts";

const met = (info: string, ...messages: Parameters<typeof evaluateCommunicate>[1]) =>
  evaluateCommunicate(task({ communicate_info: [info] }), messages).reward === 1;

describe("a text is communicated when", () => {
  test("the agent says it, in whatever case", () => expect(met("Refund", says("Your REFUND is on its way"))).toBe(true));
  test("the agent writes commas into a number", () => expect(met("1250", says("That makes $1,250 in all"))).toBe(true));
  test("it is part of something longer", () => expect(met("10", says("It costs 100"))).toBe(true));
  test("the agent says it beside a tool call", () =>
    expect(
      met("wait", { ...says("Please wait"), tool_calls: [{ id: "1", name: "get_users", arguments: {}, requestor: "assistant" }] }),
    ).toBe(true));
});

describe("a text is not communicated when", () => {
  test("only the user says it", () => expect(met("refund", asks("I want a refund"), says("No"))).toBe(false));
  test("it has a comma itself: those of messages are taken out, those of the text are not", () =>
    expect(met("1,250", says("$1,250"))).toBe(false));
  test("it is spread over two messages", () => expect(met("two words", says("two"), says("words"))).toBe(false));
});

test("each text has its own verdict, and all are needed", () => {
  const part = evaluateCommunicate(task({ communicate_info: ["5", "nine"] }), [says("It is 5.")]);
  expect(part.reward).toBe(0);
  expect(part.checks.communicate_checks).toEqual([
    { info: "5", met: true, justification: "Information '5' communicated in the message:\n 'It is 5.'" },
    { info: "nine", met: false, justification: "Information 'nine' not communicated." },
  ]);
});
