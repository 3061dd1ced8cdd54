import { expect, it } from "vitest";
import { fit, fitNames, oneLine, pad, measureWidth, wrap, formatDollars, formatDuration, formatReward, formatShare } from "./text.ts";

it("text from outside cannot steer the terminal", () => {
  expect(oneLine("a\u001b[2Jb\r\n\tc\u0007\u001b]0;title\u0007d")).toBe("ab cd");
});

it("widths are those of a terminal", () => {
  expect(measureWidth("日本")).toBe(4);
  expect(pad("日本", 6)).toBe("日本  ");
  expect(pad("7", 3, "right")).toBe("  7");
});

it("a text that is too long ends in an ellipsis, and characters stay whole", () => {
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

it("durations have one form, with the unit", () => {
  expect([0.0123, 0.34, 9.96, 42.4, 59.97, 185, 3723].map(formatDuration)).toEqual([
    "0.0 s",
    "0.3 s",
    "10.0 s",
    "42.4 s",
    "1 min 00 s",
    "3 min 05 s",
    "1 h 02 min 03 s",
  ]);
});

it("small sums with more places, and an unknown one is not 0", () => {
  expect([0, 0.01234, 12.345, null].map(formatDollars)).toEqual(["$0", "$0.0123", "$12.35", "unknown"]);
});

it("no reward is not reward 0", () => {
  expect([1, 0, null, undefined].map(formatReward)).toEqual(["1.00", "0.00", "-", "-"]);
});

it("the share of nothing is a dash", () => {
  expect(formatShare(2, 3)).toBe("2/3 (66.7%)");
  expect(formatShare(0, 0)).toBe("-");
});

it("shortened names stay apart, and keep beginning and end", () => {
  const names = ["[mobile_data_issue]airplane_mode_on|bad_vpn[PERSONA:Hard]", "[mobile_data_issue]airplane_mode_on|data_off[PERSONA:Hard]"];
  const shown = fitNames([...names, names[0]!], 24);
  expect(new Set(shown).size).toBe(2);
  expect(shown[0]).toBe(shown[2]);
  expect(shown.every((name) => name.length <= 24 && name.startsWith("[mob"))).toBe(true);
});
