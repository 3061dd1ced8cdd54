import { expect, test } from "vitest";
import { createRandom } from "./random.ts";

test("random numbers depend on the seed only and have the declared range", () => {
  const some = (seed: string) => {
    const random = createRandom(seed);
    return Array.from({ length: 100 }, () => random.below(6));
  };
  expect(some("a")).toEqual(some("a"));
  expect(some("a")).not.toEqual(some("b"));
  expect(new Set(some("a"))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  const heads = Array.from({ length: 1000 }, (_, i) => createRandom(`coin ${i}`).chance(0.2)).filter(Boolean).length;
  expect(heads).toBeGreaterThan(150);
  expect(heads).toBeLessThan(250);
});
