import { stripVTControlCharacters, styleText } from "node:util";
import stringWidth from "string-width";
import type { CliIo, Output } from "../io.ts";

/** Text from a model or a file on one line, without anything that would steer the terminal. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\p{Cc}/gu, "")
    .trim();
}

/** Columns that a text takes on a terminal; styles take none. */
export function measureWidth(text: string): number {
  return stringWidth(text);
}

/** The text cut to so many columns, with an ellipsis where something is missing. The text holds no styles. */
export function fit(text: string, columns: number): string {
  if (measureWidth(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    width += measureWidth(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return columns > 0 ? `${kept}…` : "";
}

/** The text cut to so many columns in its middle; `headShare` of the rest is its beginning. For text of one column a character. */
function fitMiddle(text: string, columns: number, headShare = 0.5): string {
  if (measureWidth(text) <= columns) return text;
  const head = Math.ceil((columns - 1) * headShare);
  return columns > 0 ? `${text.slice(0, head)}…${text.slice(text.length - (columns - 1 - head))}` : "";
}

/** Shortens names in their middle so that names that differ stay different. */
export function fitNames(names: readonly string[], columns: number): string[] {
  const distinct = [...new Set(names)];
  const cuts = [0.5, 0.35, 0.2, 0.65, 0.8].map((share) => distinct.map((name) => fitMiddle(name, columns, share)));
  const best = cuts.reduce((most, cut) => (new Set(cut).size > new Set(most).size ? cut : most));
  const seen = new Map<string, number>();
  const shown = best.map((cut) => {
    const repeats = (seen.get(cut) ?? 0) + 1;
    seen.set(cut, repeats);
    return repeats === 1 ? cut : `${fitMiddle(cut, columns - String(repeats).length - 1)}~${repeats}`;
  });
  return names.map((name) => shown[distinct.indexOf(name)]!);
}

/** The text filled up with blanks. */
export function pad(text: string, columns: number, align: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, columns - measureWidth(text)));
  return align === "left" ? text + blanks : blanks + text;
}

/** Paragraphs broken at blanks into lines of at most so many columns; words that are longer stay whole. */
export function wrap(text: string, columns: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && measureWidth(longer) > columns) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  });
}

/** Counts in words: `1 task`, `3 tasks`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** Formats seconds, always with their unit: `0.0 s`, `42.4 s`, `3 min 05 s`, `1 h 02 min 03 s`. */
export function formatDuration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return hours > 0 ? `${hours} h ${two(minutes)} min ${two(rest)} s` : `${minutes} min ${two(rest)} s`;
}

/** US dollars, with more places for small sums; `unknown` for null. */
export function formatDollars(amount: number | null): string {
  if (amount === null) return "unknown";
  return `$${amount === 0 ? "0" : amount.toFixed(amount < 1 ? 4 : 2)}`;
}

/** Formats a reward or a mean of rewards: `1.00`, `0.43`; `-` without one. */
export function formatReward(reward: number | null | undefined): string {
  return reward === null || reward === undefined ? "-" : reward.toFixed(2);
}

/** A share: `2/3 (66.7%)`. */
export function formatShare(part: number, whole: number): string {
  return whole === 0 ? "-" : `${part}/${whole} (${((part / whole) * 100).toFixed(1)}%)`;
}

type Style = Parameters<typeof styleText>[0];

/** Gives text a style where the output shows styles, and leaves it alone elsewhere. */
export type Paint = (style: Style, text: string) => string;

/** Creates the painter of an output: colours on terminals, unless `NO_COLOR` is set; elsewhere only with `FORCE_COLOR`. */
export function createPaint(output: Output, env: CliIo["env"]): Paint {
  const forced = Boolean(env["FORCE_COLOR"]) && env["FORCE_COLOR"] !== "0";
  const colors = !env["NO_COLOR"] && (forced || (output.isTTY === true && env["TERM"] !== "dumb"));
  return (style, text) => (colors ? styleText(style, text, { validateStream: false }) : text);
}
