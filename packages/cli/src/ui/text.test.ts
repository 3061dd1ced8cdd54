import { expect, it } from "vitest";
import { fit, oneLine, pad, widthOf, wrap } from "./text.ts";

it("text from outside cannot steer the terminal", () => {
  expect(oneLine("a\u001b[2Jb\r\n\tc\u0007\u001b]0;title\u0007d")).toBe("ab cd");
});

it("widths are those of a terminal", () => {
  expect(widthOf("日本")).toBe(4);
  expect(pad("日本", 6)).toBe("日本  ");
  expect(pad("7", 3, "right")).toBe("  7");
});

it("what is too long ends in an ellipsis, and characters stay whole", () => {
  expect(fit("abcdef", 6)).toBe("abcdef");
  expect(fit("abcdef", 4)).toBe("abc…");
  expect(fit("日本語", 4)).toBe("日…");
  expect(fit("👩‍👩‍👧 family", 3)).toBe("👩‍👩‍👧…");
  expect(fit("abc", 0)).toBe("");
});

it("paragraphs break at blanks, and words stay whole", () => {
  expect(wrap("one two three\nfour", 7)).toEqual(["one two", "three", "four"]);
  expect(wrap("incomprehensible", 5)).toEqual(["incomprehensible"]);
});
