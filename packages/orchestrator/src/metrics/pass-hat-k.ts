import { Tau2Error } from "@tau2/domains";

/**
 * The chance that k attempts, drawn from n of which c succeeded, all succeed: C(c,k) / C(n,k) (docs/spec/core.md#8).
 * @throws Tau2Error `invalid` when there are fewer attempts than k.
 */
export function passHatK(n: number, c: number, k: number): number {
  if (n < k) throw new Tau2Error("invalid", `Number of trials ${n} is less than k ${k}.`);
  let chance = 1;
  for (let i = 0; i < k; i++) chance *= Math.max(0, c - i) / (n - i);
  return chance;
}

/** Whether a reward is a success: 1, but for rounding. Null, not graded, is none. */
export function isSuccess(reward: number | null | undefined): boolean {
  return reward !== null && reward !== undefined && 1 - 1e-6 <= reward && reward <= 1 + 1e-6;
}

/** How often a task was attempted, and how often that succeeded. */
export interface Attempts {
  readonly n: number;
  readonly c: number;
}

/** pass^k by k, the mean over tasks: from 1 to the smallest number of attempts at a task, or to `most`. */
export function passHatKs(tasks: readonly Attempts[], most = Number.POSITIVE_INFINITY): Record<string, number> {
  const last = tasks.length === 0 ? 0 : Math.min(most, ...tasks.map(({ n }) => n));
  const chances: Record<string, number> = {};
  for (let k = 1; k <= last; k++) chances[k] = tasks.reduce((sum, { n, c }) => sum + passHatK(n, c, k), 0) / tasks.length;
  return chances;
}
