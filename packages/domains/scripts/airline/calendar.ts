import { two } from "../lib/people.ts";

/** Minutes since the midnight in which the timetable begins, 2024-05-01. */
export type Minute = number;

export const day = 24 * 60;

/** The clock of the domain: 2024-05-15, three in the afternoon. */
export const now: Minute = 14 * day + 15 * 60;

/** Days that have flights, 1 to 30 May. */
export const days: readonly number[] = Array.from({ length: 30 }, (_, i) => i + 1);

export const today = 15;

/** Midnight of a day of May. */
export function midnight(dayOfMay: number): Minute {
  return (dayOfMay - 1) * day;
}

export function dateText(dayOfMay: number): string {
  return `2024-05-${two(dayOfMay)}`;
}

/** `2024-05-15T15:00:00`; minutes before the first of May fall into April. */
export function stampText(minute: Minute, second = 0): string {
  return new Date(Date.UTC(2024, 4, 1) + (minute * 60 + second) * 1000).toISOString().slice(0, 19);
}

/** `13:30:00`, with `+1` from the next midnight on. */
export function clockText(minuteOfDay: number): string {
  const text = `${two(Math.floor(minuteOfDay / 60) % 24)}:${two(minuteOfDay % 60)}:00`;
  return minuteOfDay >= day ? `${text}+1` : text;
}
