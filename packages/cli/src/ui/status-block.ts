import { fit, measureWidth, type Paint } from "./text.ts";

/** Lines below the scrolling ones. */
export interface StatusBlock {
  /** Progress from 0 to 1. */
  readonly share: number;
  /** In the order in which they matter: on a narrow terminal the last ones go first. */
  readonly figures: readonly [string, ...string[]];
  /** Running work, a line for each. */
  readonly playing: readonly string[];
  readonly columns: number;
  readonly paint: Paint;
}

const mostPlaying = 6;
const barWidth = 24;

/** Creates a bar with as many numbers as fit, and some of the running work under it. */
export function createStatusBlock({ share, figures, playing, columns, paint }: StatusBlock): string[] {
  const more = playing.length > mostPlaying ? [`… and ${playing.length - mostPlaying} more`] : [];
  const lines = [...playing.slice(0, mostPlaying).map((text) => `▸ ${text}`), ...more];
  return [figuresLine(share, figures, columns, paint), ...lines.map((text) => paint("dim", fit(`  ${text}`, columns)))];
}

function figuresLine(share: number, [first, ...others]: StatusBlock["figures"], columns: number, paint: Paint): string {
  let text = first;
  for (const figure of others) {
    if (measureWidth(text) + 3 + measureWidth(figure) > columns) break;
    text += ` · ${figure}`;
  }
  const room = columns - measureWidth(text) - 1;
  return room >= barWidth ? `${bar(share, barWidth, paint)} ${text}` : fit(text, columns);
}

function bar(share: number, width: number, paint: Paint): string {
  const full = Math.round(Math.min(1, share) * width);
  return paint("green", "█".repeat(full)) + paint("dim", "░".repeat(width - full));
}
