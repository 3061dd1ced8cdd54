/** Seconds as people say them: `12 ms`, `0.3 s`, `42 s`, `3:05`, `1:02:03`. */
export function durationText(seconds: number): string {
  if (seconds < 0.1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** US dollars, with more places for small sums; `unknown` for null. */
export function dollarText(amount: number | null): string {
  if (amount === null) return "unknown";
  return `$${amount === 0 ? "0" : amount.toFixed(amount < 1 ? 4 : 2)}`;
}

/** A reward or a mean of rewards: `1.00`, `0.43`; `-` where there is none. */
export function rewardText(reward: number | null | undefined): string {
  return reward === null || reward === undefined ? "-" : reward.toFixed(2);
}

/** A share: `2/3 (66.7%)`. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? "-" : `${part}/${whole} (${((part / whole) * 100).toFixed(1)}%)`;
}
