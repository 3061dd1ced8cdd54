import { createMersenneTwister } from "../run/mersenne-twister.ts";

/** Up to so many differences all ways to flip their signs are tried. */
const EXACT = 14;
const DRAWS = 20_000;
const SEED = 300n;

/**
 * How often the mean of differences would be as far from 0 as it is, if each of them could as well have had the other sign: the p-value of the
 * paired permutation test. Exact for few differences, else from 20000 draws, which are the same every time.
 */
export function signFlipChance(differences: readonly number[]): number {
  const counted = differences.filter((difference) => difference !== 0);
  const seen = Math.abs(sum(counted)) - 1e-12;
  if (counted.length === 0) return 1;
  if (counted.length <= EXACT) {
    const ways = 2 ** counted.length;
    let asFar = 0;
    for (let way = 0; way < ways; way++) {
      if (Math.abs(sum(counted.map((difference, i) => ((way >> i) & 1 ? -difference : difference)))) >= seen) asFar++;
    }
    return asFar / ways;
  }
  const next = createMersenneTwister(SEED);
  let asFar = 1;
  for (let draw = 0; draw < DRAWS; draw++) {
    if (Math.abs(sum(counted.map((difference) => (next() & 1 ? -difference : difference)))) >= seen) asFar++;
  }
  return asFar / (DRAWS + 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
