import { Cursor, tokenize } from "./token.ts";
import { literalOf, readExpression } from "./expression.ts";
import type { Literal } from "./literal.ts";

/** A call as it was written, with the value of each keyword; a null key stands for `**value`. */
export interface WrittenCall {
  name: string;
  keywords: readonly (readonly [key: string | null, value: Literal])[];
}

/**
 * Reads `name(key=value, …)` as Python would (docs/spec/core.md#11-3): keywords count, positional arguments do not, and nothing is computed. Null
 * when the line is something else, or a value is anything but written out: then it is a text.
 */
export function readFunctionalCall(line: string): WrittenCall | null {
  const name = /^([\p{L}\p{N}_]+)\s*\([^\n]*\)$/u.exec(line)?.[1];
  if (name === undefined) return null;
  try {
    const cursor = new Cursor(tokenize(line));
    const call = readExpression(cursor);
    if (call.kind !== "call") return null;
    while (cursor.accept(";")) readExpression(cursor);
    if (cursor.peek().kind !== "end") return null;
    const keywords = call.keywords.map(([key, value]) => [key, literalOf(value)] as const);
    return keywords.some(([, value]) => value === null) ? null : { name, keywords: keywords as WrittenCall["keywords"] };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
