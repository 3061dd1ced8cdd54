import { expect, test } from "vitest";
import { truncationText } from "./truncation-message.ts";

test("the number of turns is filled in, and doubled braces become single ones", () => {
  expect(truncationText("{max_turns} of {max_turns}, {{a}} }}", 3)).toBe("3 of 3, {a} }");
  expect(truncationText("Enough.", 3)).toBe("Enough.");
});

test.each(["{turns}", "{max_turns", "a } b", "{}"])("nothing else can be filled in: %s", (template) => {
  expect(() => truncationText(template, 3)).toThrow("only {max_turns} can be filled in; write {{ and }} for braces");
});
