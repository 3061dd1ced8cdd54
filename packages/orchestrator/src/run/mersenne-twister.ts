const N = 624;
const M = 397;

/** Returns the next 32 random bits as an unsigned integer. */
type NextUint32 = () => number;

/**
 * Creates Python's random generator: MT19937 (Matsumoto and Nishimura), seeded with an array of 32-bit words. Gives the same numbers as
 * `random.seed(n)`, which uses the words of the seed's absolute value, least significant first.
 */
export function createMersenneTwister(seed: bigint): NextUint32 {
  const state = seedWithArray(toWords(seed < 0n ? -seed : seed));
  let index = N;
  return () => {
    if (index === N) {
      twist(state);
      index = 0;
    }
    let y = state[index++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  };
}

function toWords(value: bigint): number[] {
  const words: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 32n) words.push(Number(rest & 0xffffffffn));
  return words.length > 0 ? words : [0];
}

function seedWithNumber(seed: number): Uint32Array {
  const state = new Uint32Array(N);
  state[0] = seed;
  for (let i = 1; i < N; i++) state[i] = Math.imul(1812433253, mix(state[i - 1]!)) + i;
  return state;
}

function seedWithArray(key: readonly number[]): Uint32Array {
  const state = seedWithNumber(19650218);
  let i = 1;
  let j = 0;
  for (let k = Math.max(N, key.length); k > 0; k--) {
    state[i] = (state[i]! ^ Math.imul(mix(state[i - 1]!), 1664525)) + key[j]! + j;
    if (++i >= N) {
      state[0] = state[N - 1]!;
      i = 1;
    }
    if (++j >= key.length) j = 0;
  }
  for (let k = N - 1; k > 0; k--) {
    state[i] = (state[i]! ^ Math.imul(mix(state[i - 1]!), 1566083941)) - i;
    if (++i >= N) {
      state[0] = state[N - 1]!;
      i = 1;
    }
  }
  state[0] = 0x80000000;
  return state;
}

function mix(word: number): number {
  return word ^ (word >>> 30);
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < N; i++) {
    const y = (state[i]! & 0x80000000) | (state[(i + 1) % N]! & 0x7fffffff);
    state[i] = state[(i + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}
