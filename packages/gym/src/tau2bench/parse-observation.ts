import { pythonStrip } from "./python-strip.ts";

const prefix = /^(?:user|tool|assistant|system): /;

/**
 * An observation's text without the roles before its lines (spec act-prm 7.4): one prefix a line, so a line of somebody's own words that
 * begins like one loses it too.
 */
export function parseObservation(text: string): string {
  return pythonStrip(text)
    .split("\n")
    .map((line) => line.replace(prefix, ""))
    .join("\n");
}
