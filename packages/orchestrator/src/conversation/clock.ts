import type { ClockReading } from "./conversation.ts";

/** A point in time as the reference writes it: local, without zone, six decimals of a second (spec core 0.4). */
export function formatTimestamp(time: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  const fraction = time.getMilliseconds() === 0 ? "" : `.${String(time.getMilliseconds()).padStart(3, "0")}000`;
  return `${date}T${clock}${fraction}`;
}

/** A clock that starts now. */
export function startClock(): () => ClockReading {
  const started = performance.now();
  return () => ({ timestamp: formatTimestamp(new Date()), elapsed: (performance.now() - started) / 1000 });
}
