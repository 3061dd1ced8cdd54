import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Stream of random choices. The same seed gives the same stream on every machine. */
export interface Random {
  /** Returns an integer of a range, including both ends. */
  int(from: number, to: number): number;
  /** Returns true with a probability in percent. */
  chance(percent: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Returns different items in random order. */
  sample<T>(items: readonly T[], count: number): T[];
  /** Returns a number of random digits. */
  digits(count: number): string;
}

/** Creates a stream. Each part of the data uses its own, so that a change of one part does not change the others. */
export function createRandom(seed: number): Random {
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

/** Calls `make` until it returns an unused value, and marks the value as used. */
export function createUnused<T>(taken: Set<T>, make: () => T): T {
  for (;;) {
    const made = make();
    if (taken.has(made)) continue;
    taken.add(made);
    return made;
  }
}
