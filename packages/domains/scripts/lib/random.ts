import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A stream of choices, the same for the same seed on every machine. */
export interface Random {
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  /** True with a probability in percent. */
  chance(percent: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Different items, in random order. */
  sample<T>(items: readonly T[], count: number): T[];
  /** Returns a number of random digits. */
  digits(count: number): string;
}

/** A stream of its own for each purpose, so that a change in one part of the data leaves the others as they are. */
export function randomOf(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const int = (from: number, to: number) => uniformInt(generator, from, to);
  const pick = <T>(items: readonly T[]): T => items[int(0, items.length - 1)]!;
  return {
    int,
    pick,
    chance: (percent) => int(1, 100) <= percent,
    sample(items, count) {
      const left = [...items];
      return Array.from({ length: Math.min(count, items.length) }, () => left.splice(int(0, left.length - 1), 1)[0]!);
    },
    digits: (count) => Array.from({ length: count }, () => int(0, 9)).join(""),
  };
}

/** Calls until the result was not there before. */
export function unused<T>(taken: Set<T>, make: () => T): T {
  for (;;) {
    const made = make();
    if (taken.has(made)) continue;
    taken.add(made);
    return made;
  }
}
