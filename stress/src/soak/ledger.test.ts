import { expect, test } from "vitest";
import { Ledger } from "./ledger.ts";

const agent = (content: string) => ({ role: "assistant", content });
const user = (content: string) => ({ role: "user", content });
const call = (tag: string) => ({ role: "assistant", content: null, tool_calls: [{ name: "f", arguments: { title: tag } }] });

const fine = [
  agent("Hi!"),
  user("mk-1x7 Hello."),
  call("mk-1x7.0"),
  { role: "tool", content: "mk-1x7.0" },
  agent("mk-1x7.1"),
  user("mk-1x7.1 Yes."),
];

function ledger(): Ledger {
  const made = new Ledger("mk-1x7");
  made.take("mk-1x7.0");
  made.take("mk-1x7.1");
  return made;
}

test("a ledger accepts a conversation with all steps in order", () => {
  expect(ledger().findFaults(fine)).toEqual([]);
});

test.each([
  ["a step that is lost", fine.slice(0, 4), "is said to have taken mk-1x7.0"],
  ["a step twice", [...fine, agent("mk-1x7.1")], "has a step twice"],
  ["a word of another session", [...fine, { role: "tool", content: "mk-1x8.1" }], "holds mk-1x8.1"],
  ["the answer to another question", [...fine.slice(0, 5), user("mk-1x7.0 Yes.")], "heard mk-1x7.1 and answered mk-1x7.0"],
])("a ledger finds %s", (_, messages, fault) => {
  expect(ledger().findFaults(messages).join("; ")).toContain(fault);
});

test("a ledger forgets a step after a restore and accepts an abandoned step at most once", () => {
  const back = ledger();
  back.restore();
  expect([back.findFaults(fine.slice(0, 4)), back.canRestore]).toEqual([[], false]);
  const vague = ledger();
  vague.lose("mk-1x7.2");
  expect(vague.isCertain).toBe(false);
  expect(vague.findFaults(fine)).toEqual([]);
  expect(vague.findFaults([...fine, agent("mk-1x7.2")])).toEqual([]);
  expect(vague.findFaults([...fine, agent("mk-1x7.2"), agent("mk-1x7.2")])).not.toEqual([]);
});

test("a ledger of a fork continues with its own marker", () => {
  const fork = ledger().fork("mk-1x7f1");
  fork.take("mk-1x7f1.0");
  expect(fork.findFaults([...fine, agent("mk-1x7f1.0")])).toEqual([]);
});
