import { createTooLongError, LONGEST_CALL } from "./call-size.ts";
import { readExpression, toLiteral } from "./expression.ts";
import type { Literal } from "./literal.ts";
import { Cursor, pythonSpace, tokenize } from "./token.ts";

/** Call with the literal value of each keyword. A null key means `**value`. */
export interface WrittenCall {
  name: string;
  keywords: readonly (readonly [key: string | null, value: Literal])[];
}

const functionalCall = new RegExp(String.raw`^([\p{L}\p{N}_]+)${pythonSpace}*\(([^\n]*)\)$`, "u");

/**
 * Parses `name(key=value, …)` (docs/spec/core.md#11-3), but ignores positional arguments and does not evaluate. The name may be any
 * word, `class` and `2nd` too; the rest must be Python. Of a repeated keyword the last value counts.
 * Returns null for any other line, or if a value is not a literal that JSON can hold.
 * @throws Tau2Error `invalid` for a call that is too long
 */
export function readFunctionalCall(line: string): WrittenCall | null {
  const [, name, args] = functionalCall.exec(line) ?? [];
  if (name === undefined || args === undefined) return null;
  if (line.length > LONGEST_CALL) throw createTooLongError();
  try {
    const cursor = new Cursor(tokenize(`_(${args})`));
    const call = readExpression(cursor);
    if (call.kind !== "call") return null;
    while (cursor.accept(";") && cursor.peek().kind !== "end") readExpression(cursor);
    if (cursor.peek().kind !== "end") return null;
    if (call.keywords.some(([, value]) => value.kind !== "unstorable" && toLiteral(value) === null)) return null;
    const keywords = [...new Map(call.keywords)].map(([key, value]) => [key, toLiteral(value)] as const);
    return keywords.some(([, value]) => value === null) ? null : { name, keywords: keywords as WrittenCall["keywords"] };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
