import { createHash } from "node:crypto";

/** Chance that can be had again. */
export interface Draws {
  /** A whole number from 0 to below this. */
  below(count: number): number;
  /** True in this share of all cases, from 0 to 1. */
  chance(share: number): boolean;
  /** One of a list. */
  of<T>(list: readonly T[]): T;
}

/** Creates the draws that follow from a text: always the same, independent of other draws. */
export function drawsOf(seed: string): Draws {
  let drawn = 0;
  const next = () => createHash("sha256").update(`${seed}:${drawn++}`).digest().readUInt32BE(0) / 2 ** 32;
  const below = (count: number) => Math.floor(next() * count);
  return { below, chance: (share) => next() < share, of: (list) => list[below(list.length)]! };
}
