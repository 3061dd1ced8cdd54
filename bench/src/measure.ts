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
