import { styleText } from "node:util";
import type { CliIo, Output } from "../io.ts";

type Style = Parameters<typeof styleText>[0];

/** Gives text a style where the output shows styles, and leaves it alone elsewhere. */
export type Paint = (style: Style, text: string) => string;

/** How to paint for an output: on terminals, unless `NO_COLOR` is set; elsewhere only with `FORCE_COLOR`. */
export function paintFor(output: Output, env: CliIo["env"]): Paint {
  const forced = Boolean(env["FORCE_COLOR"]) && env["FORCE_COLOR"] !== "0";
  const colors = !env["NO_COLOR"] && (forced || (output.isTTY === true && env["TERM"] !== "dumb"));
  return (style, text) => (colors ? styleText(style, text, { validateStream: false }) : text);
}
