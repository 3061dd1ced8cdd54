import { expect, test } from "vitest";
import { formatExpectedAction, formatScenario } from "./task.ts";

test("a structured scenario prints with headings and tabs, and without tabs on blank lines", () => {
  const text = formatScenario({
    persona: "p\n\nq",
    instructions: { domain: "d", reason_for_call: "r1\n  \nr2", known_info: null, unknown_info: "u", task_instructions: "t" },
  });
  expect(text).toBe(
    "Persona:\n\tp\n\n\tq\nInstructions:\n\tDomain: d\n\tReason for call:\n\t\tr1\n  \n\t\tr2\n\tUnknown info:\n\t\tu\n\tTask instructions:\n\t\tt",
  );
});

test("instructions in a string print without headings", () => {
  expect(formatScenario({ persona: null, instructions: "Ask." })).toBe("Instructions:\n\tAsk.");
});

test("an expected action prints as a call with Python's values", () => {
  expect(formatExpectedAction({ name: "book", arguments: { id: "x", seats: [1, "a"], now: true, note: null } })).toBe(
    "book(id=x, seats=[1, 'a'], now=True, note=None)",
  );
});
