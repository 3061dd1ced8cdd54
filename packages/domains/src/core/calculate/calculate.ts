import { ToolError } from "../errors.ts";
import { pyFloat, pyRound2 } from "../python-text.ts";
import { evaluate } from "./evaluate.ts";
import { parseExpression } from "./parse.ts";
import { toFloat } from "./value.ts";

/**
 * The value of an arithmetic expression, rounded to two decimals, as Python writes floats: `1/3` gives `0.33`, `2 + 2` gives `4.0`
 * (spec airline 2.2). Integers are exact at any size until the end.
 * @throws ToolError with the reference's text for what is no expression or has no value.
 */
export function calculated(expression: string): string {
  if (/[^0-9+\-*/(). ]/.test(expression)) throw new ToolError("Invalid characters in expression");
  const value = evaluate(parseExpression(expression));
  if (typeof value === "string") throw new ToolError(`float() argument must be a string or a real number, not '${value}'`);
  return pyFloat(pyRound2(toFloat(value)));
}
