/** A point in time, passed to the conversation functions because they read no clock themselves. */
export interface ClockReading {
  /** Local time such as `2025-01-31T10:30:00.123456`. */
  readonly timestamp: string;
  /** Seconds since the conversation started. */
  readonly elapsed: number;
}

/** Formats a time as tau2-bench does: local, without a zone, six decimals unless they are zero (docs/spec/core.md#0-4). */
export function formatTimestamp(time: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  const fraction = time.getMilliseconds() === 0 ? "" : `.${String(time.getMilliseconds()).padStart(3, "0")}000`;
  return `${date}T${clock}${fraction}`;
}

/** Starts a clock at zero elapsed seconds. Elapsed time is monotonic; timestamps follow the system clock. */
export function startClock(): () => ClockReading {
  const started = performance.now();
  return () => ({ timestamp: formatTimestamp(new Date()), elapsed: (performance.now() - started) / 1000 });
}
