import { describe, expect, test } from "vitest";
import { isSuccess, passHatK } from "./pass-hat-k.ts";

/** How many of all ways to draw k of n attempts, the first c of them successes, drew successes only. */
function byTrying(n: number, c: number, k: number): number {
  let [all, good] = [0, 0];
  for (let drawn = 0; drawn < 2 ** n; drawn++) {
    const places = Array.from({ length: n }, (_, i) => i).filter((i) => (drawn >> i) & 1);
    if (places.length !== k) continue;
    all++;
    if (places.every((i) => i < c)) good++;
  }
  return good / all;
}

test("pass^k is the share of all draws of k attempts in which every one succeeded", () => {
  for (let n = 1; n <= 7; n++) {
    for (let c = 0; c <= n; c++) {
      for (let k = 1; k <= n; k++) expect(passHatK(n, c, k), `n=${n} c=${c} k=${k}`).toBeCloseTo(byTrying(n, c, k), 12);
    }
  }
});

test("pass^k needs k attempts", () => expect(() => passHatK(1, 1, 2)).toThrow("Number of trials 1 is less than k 2."));

describe("a success is a reward of 1 but for rounding", () => {
  test.each([
    [1, true],
    [0.999999, true],
    [1.000001, true],
    [0.99999, false],
    [1.1, false],
    [0, false],
    [null, false],
    [undefined, false],
  ])("%j: %j", (reward, success) => expect(isSuccess(reward)).toBe(success));
});
