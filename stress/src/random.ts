import { createHash } from "node:crypto";

/** Reproducible random numbers. */
export interface Random {
  /** Returns an integer from 0 to `count` - 1. */
  below(count: number): number;
  /** Returns true with this probability. */
  chance(share: number): boolean;
  /** Returns an item of a list. */
  pick<T>(list: readonly T[]): T;
}

/** Creates the random that follow from a text: always the same, independent of other random. */
export function createRandom(seed: string): Random {
  let drawn = 0;
  const next = () => createHash("sha256").update(`${seed}:${drawn++}`).digest().readUInt32BE(0) / 2 ** 32;
  const below = (count: number) => Math.floor(next() * count);
  return { below, chance: (share) => next() < share, pick: (list) => list[below(list.length)]! };
}
