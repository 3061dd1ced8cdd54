/** The middle of a list of numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Median time of a function in microseconds, after it has run itself warm. `before` is not measured. */
export function medianMicroseconds(
  run: () => void,
  { before = () => {}, samples = 600 }: { before?: () => void; samples?: number } = {},
): number {
  const times: number[] = [];
  for (let i = -Math.ceil(samples / 3); i < samples; i++) {
    before();
    const start = performance.now();
    run();
    if (i >= 0) times.push(performance.now() - start);
  }
  return median(times) * 1000;
}

/** Bytes of heap in use after a full collection. Needs `--expose-gc`. */
export function heapBytes(): number {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Times in milliseconds, by name. */
export type Samples = ReadonlyMap<string, readonly number[]>;

/** Does a round of work so many times, after it has warmed up, and keeps the times of its parts that are timed. */
export async function collect(
  rounds: number,
  round: (timed: <T>(name: string, part: () => Promise<T>) => Promise<T>) => Promise<void>,
): Promise<Samples> {
  const samples = new Map<string, number[]>();
  const timesOf = (name: string) => samples.get(name) ?? samples.set(name, []).get(name)!;
  let counted = false;
  async function timed<T>(name: string, part: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await part();
    const taken = performance.now() - start;
    if (counted) timesOf(name).push(taken);
    return result;
  }
  for (let i = -Math.ceil(rounds / 3); i < rounds; i++) {
    counted = i >= 0;
    await round(timed);
  }
  return samples;
}

/** Returns the median of the times of a name, in milliseconds. */
export function medianOf(samples: Samples, name: string): number {
  return median(samples.get(name) ?? []);
}
