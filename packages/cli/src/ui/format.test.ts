import { expect, it } from "vitest";
import { dollarText, durationText, rewardText, shareText } from "./format.ts";

it("durations as people say them", () => {
  expect([0.0123, 0.34, 9.96, 42.4, 59.7, 185, 3723].map(durationText)).toEqual([
    "12 ms",
    "0.3 s",
    "10.0 s",
    "42 s",
    "1:00",
    "3:05",
    "1:02:03",
  ]);
});

it("small sums with more places, and an unknown one is not 0", () => {
  expect([0, 0.01234, 12.345, null].map(dollarText)).toEqual(["$0", "$0.0123", "$12.35", "unknown"]);
});

it("no reward is not reward 0", () => {
  expect([1, 0, null, undefined].map(rewardText)).toEqual(["1.00", "0.00", "-", "-"]);
});

it("shares of nothing are none", () => {
  expect(shareText(2, 3)).toBe("2/3 (66.7%)");
  expect(shareText(0, 0)).toBe("-");
});
