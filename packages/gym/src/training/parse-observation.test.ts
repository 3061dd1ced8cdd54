import { expect, test } from "vitest";
import { parseObservation } from "./parse-observation.ts";

test("an observation loses one role at the beginning of each line, and blanks at both ends of the whole", () => {
  expect(parseObservation("user: Hello\n  there\ntool: user: x\n")).toBe("Hello\n  there\nuser: x");
  expect(parseObservation("User: a\nusers: b\nuser:c")).toBe("User: a\nusers: b\nuser:c");
  expect(parseObservation("")).toBe("");
});

test("a message without content leaves its role, for the blank after it is gone", () => {
  expect(parseObservation("tool: ")).toBe("tool:");
});

test("blanks are what Python calls so", () => {
  expect(parseObservation("user: a\u001c\u0085")).toBe("a");
  expect(parseObservation("user: a\ufeff")).toBe("a\ufeff");
});
