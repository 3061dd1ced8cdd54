import { Tau2Error } from "@tau2/domains";
import { mersenneTwister } from "./mersenne-twister.ts";

const LARGEST = 1_000_000;

/**
 * The seed of each trial, 0 to 1000000, derived from a run's seed as the reference does it (spec core 9.2): all tasks of a trial share it.
 * @param seed any integer; a bigint where a number would not be exact; null for other seeds every time
 * @throws Tau2Error `invalid` when the seed is not an integer
 */
export function deriveTrialSeeds(seed: number | bigint | null, trials: number): number[] {
  const next = mersenneTwister(seed === null ? entropy() : integer(seed));
  return Array.from({ length: trials }, () => {
    // 20 bits hold the range; what is above it is drawn again.
    for (;;) {
      const drawn = next() >>> 12;
      if (drawn <= LARGEST) return drawn;
    }
  });
}

function integer(seed: number | bigint): bigint {
  if (typeof seed === "number" && !Number.isSafeInteger(seed)) {
    throw new Tau2Error("invalid", `seed ${seed} must be an integer; one beyond 2^53 must be a bigint`);
  }
  return BigInt(seed);
}

function entropy(): bigint {
  return crypto.getRandomValues(new BigUint64Array(2)).reduce((sum, word) => (sum << 64n) | word, 0n);
}
