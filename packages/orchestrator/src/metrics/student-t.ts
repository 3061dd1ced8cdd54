/** Quantiles of the normal distribution that intervals and tests need. */
const normal = { "0.975": 1.959963984540054, "0.8": 0.8416212335729143 } as const;

/** A chance of which {@link studentT} knows the quantile. */
export type Chance = keyof typeof normal;

/**
 * The quantile of Student's t distribution: what a value stays under with the given chance. Exact for one and two degrees of freedom, by
 * Abramowitz and Stegun 26.7.5 for more, which is off by less than 0.005.
 */
export function studentT(chance: Chance, degreesOfFreedom: number): number {
  const p = Number(chance);
  const z = normal[chance];
  const n = degreesOfFreedom;
  if (n === 1) return Math.tan(Math.PI * (p - 0.5));
  if (n === 2) return (2 * p - 1) * Math.sqrt(2 / (4 * p * (1 - p)));
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return terms.reduce((sum, term, i) => sum + term / n ** (i + 1), z);
}
