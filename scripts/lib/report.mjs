import { styleText } from "node:util";

const color = process.stdout.isTTY && !process.env["NO_COLOR"];

/**
 * @param {Parameters<typeof styleText>[0]} style
 * @param {string} text
 */
function paint(style, text) {
  return color ? styleText(style, text) : text;
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {number} seconds */
export function duration(seconds) {
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** @param {string} what */
export function started(what) {
  say(paint("dim", `  … ${what}`));
}

/**
 * @param {string} what
 * @param {number} seconds
 * @param {string} [note]
 */
export function passed(what, seconds, note = "") {
  say(`${paint("green", "  ✓")} ${what.padEnd(16)} ${duration(seconds).padStart(12)}${note && `   ${note}`}`);
}

/**
 * @param {string} what
 * @param {number} seconds
 * @param {string} output everything that the step said
 */
export function failed(what, seconds, output) {
  say(`${paint("red", "  ✗")} ${what.padEnd(16)} ${duration(seconds).padStart(12)}   its output:\n`);
  say(`${output.trimEnd()}\n`);
}

/**
 * @param {string} what
 * @param {string} reason
 */
export function skipped(what, reason) {
  say(`${paint("yellow", "  -")} ${what.padEnd(16)} ${"skipped".padStart(12)}   ${reason}`);
}
