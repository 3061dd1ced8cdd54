import { formatLiteral, type Literal } from "./literal.ts";
import { Cursor, type Token, tokenize } from "./token.ts";

/**
 * Python expression as far as an action needs it: literal values, and the keywords of a call; `other` for the rest. Lambdas,
 * comprehensions, sets, slices, unpacking and assignment expressions are not supported: they cannot be arguments, and do not occur in
 * messages.
 */
export type Expression =
  | { readonly kind: "literal"; readonly literal: Literal }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "call"; readonly keywords: readonly Keyword[] }
  | { readonly kind: "other" };

/** `name=value` in a call. The name is null for `**value`. */
export type Keyword = readonly [name: string | null, value: Expression];

const other: Expression = { kind: "other" };

function toLiteralExpression(literal: Literal): Expression {
  return { kind: "literal", literal };
}

/** Words that cannot be names. */
const reserved = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global if import in is " +
    "lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

/** Binding strength of operators. */
const ranks = new Map<string, number>([
  ...toRanks(1, "or"),
  ...toRanks(2, "and"),
  ...toRanks(4, "in", "is", "not", "<", ">", "<=", ">=", "==", "!="),
  ...toRanks(5, "|"),
  ...toRanks(6, "^"),
  ...toRanks(7, "&"),
  ...toRanks(8, "<<", ">>"),
  ...toRanks(9, "+", "-"),
  ...toRanks(10, "*", "/", "//", "%", "@"),
]);
const NOT = 3;

function toRanks(number: number, ...signs: string[]): [string, number][] {
  return signs.map((sign) => [sign, number]);
}

/** Returns the literal value of an expression, with names as text. Null for an expression that requires evaluation. */
function toLiteral(expression: Expression): Literal | null {
  if (expression.kind === "literal") return expression.literal;
  return expression.kind === "name" ? { kind: "text", value: expression.name } : null;
}

/** Parses one expression. @throws SyntaxError if Python would */
function readExpression(cursor: Cursor): Expression {
  return cursor.nested(() => {
    const value = readOperation(cursor, 1);
    if (!cursor.accept("if")) return value;
    readOperation(cursor, 1);
    cursor.expect("else");
    readExpression(cursor);
    return other;
  });
}

function readOperation(cursor: Cursor, lowest: number): Expression {
  let value = cursor.nested(() => (cursor.sees("not") ? readNegation(cursor, lowest) : readSigned(cursor)));
  for (;;) {
    const token = cursor.peek();
    const sign = token.kind === "operator" || token.kind === "name" ? token.text : "";
    const here = ranks.get(sign) ?? 0;
    if (here < lowest) return value;
    cursor.next();
    if (sign === "not") cursor.expect("in");
    if (sign === "is") cursor.accept("not");
    readOperation(cursor, here + 1);
    value = other;
  }
}

function readNegation(cursor: Cursor, lowest: number): Expression {
  if (lowest > NOT) throw new SyntaxError("'not' must be in parentheses here");
  cursor.next();
  readOperation(cursor, NOT);
  return other;
}

function readSigned(cursor: Cursor): Expression {
  for (const sign of ["-", "+", "~"]) {
    if (!cursor.accept(sign)) continue;
    const value = cursor.nested(() => readSigned(cursor));
    return applySign(sign, value);
  }
  const value = readPrimary(cursor);
  if (!cursor.accept("**")) return value;
  cursor.nested(() => readSigned(cursor));
  return other;
}

function applySign(sign: string, value: Expression): Expression {
  if (sign === "~" || value.kind !== "literal") return other;
  const { literal } = value;
  if (literal.kind === "int") return toLiteralExpression(sign === "-" ? { kind: "int", value: -literal.value } : literal);
  if (literal.kind === "float") return toLiteralExpression(sign === "-" ? { kind: "float", value: -literal.value } : literal);
  if (literal.kind !== "constant" || literal.value === null) return other;
  return applySign(sign, toLiteralExpression({ kind: "int", value: literal.value ? 1n : 0n }));
}

function readPrimary(cursor: Cursor): Expression {
  let value = readAtom(cursor);
  for (;;) {
    if (cursor.accept("(")) {
      value = { kind: "call", keywords: cursor.nested(() => readArguments(cursor)) };
      continue;
    }
    if (cursor.accept(".")) readName(cursor);
    else if (cursor.accept("[")) readItems(cursor, "]", 1);
    else return value;
    value = other;
  }
}

function readAtom(cursor: Cursor): Expression {
  const token = cursor.peek();
  if (token.kind === "string") return readStrings(cursor);
  if (token.kind === "name" && !["True", "False", "None"].includes(token.text)) return { kind: "name", name: readName(cursor) };
  cursor.next();
  if (token.kind === "name") return toLiteralExpression({ kind: "constant", value: token.text === "None" ? null : token.text === "True" });
  if (token.kind === "number") return token.literal ? toLiteralExpression(token.literal) : other;
  if (token.kind === "operator") {
    if (token.text === "...") return other;
    if (token.text === "[") return toSequence("list", readItems(cursor, "]").items);
    if (token.text === "{") return readDict(cursor);
    if (token.text === "(") {
      const { items, commas } = readItems(cursor, ")");
      return items.length === 1 && commas === 0 ? items[0]! : toSequence("tuple", items);
    }
  }
  throw new SyntaxError("a value is missing");
}

function readName(cursor: Cursor): string {
  const token = cursor.next();
  if (token.kind !== "name" || reserved.has(token.text)) throw new SyntaxError("a name is missing");
  return token.text;
}

function readStrings(cursor: Cursor): Expression {
  const parts: Extract<Token, { kind: "string" }>[] = [];
  for (let token = cursor.peek(); token.kind === "string"; token = cursor.peek()) {
    parts.push(token);
    cursor.next();
  }
  if (new Set(parts.map(({ bytes }) => bytes)).size > 1) throw new SyntaxError("cannot mix bytes and nonbytes literals");
  const texts = parts.map(({ value }) => value);
  return texts.includes(null) ? other : toLiteralExpression({ kind: "text", value: texts.join("") });
}

function readItems(cursor: Cursor, close: string, least = 0): { items: Expression[]; commas: number } {
  const items: Expression[] = [];
  let commas = 0;
  while (!cursor.sees(close)) {
    items.push(readExpression(cursor));
    if (!cursor.accept(",")) break;
    commas++;
  }
  cursor.expect(close);
  if (items.length < least) throw new SyntaxError("a value is missing");
  return { items, commas };
}

function toSequence(kind: "list" | "tuple", items: readonly Expression[]): Expression {
  const literals = items.map(toLiteral);
  return literals.includes(null) ? other : toLiteralExpression({ kind, items: literals as Literal[] });
}

function readDict(cursor: Cursor): Expression {
  const entries = new Map<string, readonly [Literal, Literal]>();
  let known = true;
  while (!cursor.sees("}")) {
    const key = toLiteral(readExpression(cursor));
    cursor.expect(":");
    const value = toLiteral(readExpression(cursor));
    if (key && value && isKey(key)) entries.set(toKeyIdentity(key), [entries.get(toKeyIdentity(key))?.[0] ?? key, value]);
    else known = false;
    if (!cursor.accept(",")) break;
  }
  cursor.expect("}");
  return known ? toLiteralExpression({ kind: "dict", entries: [...entries.values()] }) : other;
}

function isKey(literal: Literal): boolean {
  return literal.kind === "tuple" ? literal.items.every(isKey) : literal.kind !== "list" && literal.kind !== "dict";
}

/** Returns equal texts for keys that Python treats as equal, such as 1, 1.0 and True. */
function toKeyIdentity(key: Literal): string {
  if (key.kind === "float" && Number.isInteger(key.value)) return String(BigInt(key.value));
  return key.kind === "constant" && key.value !== null ? String(Number(key.value)) : formatLiteral(key);
}

/** Parses the arguments of a call and the closing parenthesis. Returns only the keywords. */
function readArguments(cursor: Cursor): Keyword[] {
  const keywords: Keyword[] = [];
  while (!cursor.sees(")")) {
    if (cursor.accept("**")) {
      keywords.push([null, readExpression(cursor)]);
    } else if (cursor.accept("*")) {
      if (keywords.some(([name]) => name === null)) throw new SyntaxError("'*' follows '**'");
      readExpression(cursor);
    } else if (cursor.peek().kind === "name" && cursor.sees("=", 1)) {
      const name = readName(cursor);
      cursor.expect("=");
      keywords.push([name, readExpression(cursor)]);
    } else {
      if (keywords.length > 0) throw new SyntaxError("positional argument follows keyword argument");
      readExpression(cursor);
    }
    if (!cursor.accept(",")) break;
  }
  cursor.expect(")");
  return keywords;
}

/** Call with the literal value of each keyword. A null key means `**value`. */
export interface WrittenCall {
  name: string;
  keywords: readonly (readonly [key: string | null, value: Literal])[];
}

/**
 * Parses `name(key=value, …)` like Python (docs/spec/core.md#11-3), but ignores positional arguments and does not evaluate. Returns null
 * for any other line, or if a value is not a literal.
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
    const keywords = call.keywords.map(([key, value]) => [key, toLiteral(value)] as const);
    return keywords.some(([, value]) => value === null) ? null : { name, keywords: keywords as WrittenCall["keywords"] };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
