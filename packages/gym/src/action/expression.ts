import { formatLiteral, type Literal } from "./literal.ts";
import type { Cursor, Token } from "./token.ts";

/**
 * Python expression as far as an action needs it: literal values, and the keywords of a call. The rest of the grammar is read and
 * is `other`, since a positional argument may be anything.
 */
export type Expression =
  | { readonly kind: "literal"; readonly literal: Literal }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "call"; readonly keywords: readonly Keyword[] }
  /** Bytes, `...`, a complex number, a character by its name, or a container with one of them: a value for Python, and not for us. */
  | { readonly kind: "unstorable"; readonly isNumber: boolean }
  | { readonly kind: "other" };

/** `name=value` in a call. The name is null for `**value`. */
export type Keyword = readonly [name: string | null, value: Expression];

const other: Expression = { kind: "other" };
const unstorable: Expression = { kind: "unstorable", isNumber: false };

function toLiteralExpression(literal: Literal): Expression {
  return { kind: "literal", literal };
}

/** Words that cannot be names. */
export const reserved: ReadonlySet<string> = new Set(
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
const BITWISE_OR = 5;

function toRanks(number: number, ...signs: string[]): [string, number][] {
  return signs.map((sign) => [sign, number]);
}

/** Returns the literal value of an expression, with names as text. Null for an expression that requires evaluation. */
export function toLiteral(expression: Expression): Literal | null {
  if (expression.kind === "literal") return expression.literal;
  return expression.kind === "name" ? { kind: "text", value: expression.name } : null;
}

/** Parses one expression. @throws SyntaxError if Python would */
export function readExpression(cursor: Cursor): Expression {
  return cursor.nested(() => {
    if (cursor.accept("lambda")) return readLambda(cursor);
    const value = readOperation(cursor, 1);
    if (!cursor.accept("if")) return value;
    readOperation(cursor, 1);
    cursor.expect("else");
    readExpression(cursor);
    return other;
  });
}

/** Parses an expression, or an assignment `name := value`. */
function readNamed(cursor: Cursor): Expression {
  if (cursor.peek().kind !== "name" || !cursor.sees(":=", 1)) return readExpression(cursor);
  readName(cursor);
  cursor.expect(":=");
  readExpression(cursor);
  return other;
}

/** Parses the rest of a lambda. */
function readLambda(cursor: Cursor): Expression {
  let [hasDefault, hasStar] = [false, false];
  while (!cursor.sees(":")) {
    if (cursor.accept("**")) {
      readName(cursor);
      cursor.accept(",");
      break;
    }
    if (cursor.accept("*")) {
      if (hasStar) throw new SyntaxError("* may appear only once");
      hasStar = true;
      if (!cursor.sees(",")) readName(cursor);
      else if (cursor.sees(":", 1) || cursor.sees("**", 1)) throw new SyntaxError("named arguments must follow bare *");
    } else if (!cursor.accept("/")) {
      readName(cursor);
      if (cursor.accept("=")) {
        hasDefault = true;
        readExpression(cursor);
      } else if (hasDefault && !hasStar) throw new SyntaxError("parameter without a default follows parameter with a default");
    }
    if (!cursor.accept(",")) break;
  }
  cursor.expect(":");
  readExpression(cursor);
  return other;
}

/** Returns whether a comprehension follows an element. */
function seesComprehension(cursor: Cursor): boolean {
  return cursor.sees("for") || cursor.sees("async");
}

/** Parses the clauses of a comprehension. */
function readComprehension(cursor: Cursor): void {
  while (seesComprehension(cursor)) {
    cursor.accept("async");
    cursor.expect("for");
    readTargets(cursor, "in");
    readOperation(cursor, 1);
    while (cursor.accept("if")) readOperation(cursor, 1);
  }
}

/** Parses assignment targets up to a closing token. */
function readTargets(cursor: Cursor, close: string): void {
  do {
    if (cursor.sees(close)) break;
    cursor.accept("*");
    cursor.nested(() => readTarget(cursor));
  } while (cursor.accept(","));
  cursor.expect(close);
}

function readTarget(cursor: Cursor): void {
  for (const [open, close] of [
    ["(", ")"],
    ["[", "]"],
  ] as const) {
    if (cursor.accept(open)) return readTargets(cursor, close);
  }
  const target = readPrimary(cursor);
  if (target.kind !== "name" && target.kind !== "other") throw new SyntaxError("cannot assign to this");
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
  if (sign !== "~" && value.kind === "unstorable" && value.isNumber) return value;
  if (sign === "~" || value.kind !== "literal") return other;
  const { literal } = value;
  if (literal.kind === "int") return toLiteralExpression(sign === "-" ? { kind: "int", value: -literal.value } : literal);
  if (literal.kind === "float") return toLiteralExpression(sign === "-" ? { kind: "float", value: -literal.value } : literal);
  if (literal.kind !== "constant" || literal.value === null) return other;
  return applySign(sign, toLiteralExpression({ kind: "int", value: literal.value ? 1n : 0n }));
}

function readPrimary(cursor: Cursor): Expression {
  if (cursor.accept("await")) {
    cursor.nested(() => readPrimary(cursor));
    return other;
  }
  let value = readAtom(cursor);
  for (;;) {
    if (cursor.accept("(")) {
      value = { kind: "call", keywords: cursor.nested(() => readArguments(cursor)) };
      continue;
    }
    if (cursor.accept(".")) readName(cursor);
    else if (cursor.accept("[")) readSubscript(cursor);
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
  if (token.kind === "number") return token.literal ? toLiteralExpression(token.literal) : { kind: "unstorable", isNumber: true };
  if (token.kind === "operator") {
    if (token.text === "...") return unstorable;
    if (token.text === "[") return toSequence("list", readItems(cursor, "]").items);
    if (token.text === "{") return readBraces(cursor);
    if (token.text === "(") return readParentheses(cursor);
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
  if (texts.includes(null)) return parts.some(({ isFormatted }) => isFormatted) ? other : unstorable;
  return toLiteralExpression({ kind: "text", value: texts.join("") });
}

/** Parses the elements of a list, a tuple or a set, or a comprehension in their place. */
function readItems(cursor: Cursor, close: string): { items: Expression[]; commas: number; hasStar: boolean } {
  const items: Expression[] = [];
  let [commas, hasStar] = [0, false];
  while (!cursor.sees(close)) {
    if (cursor.accept("*")) {
      readOperation(cursor, BITWISE_OR);
      items.push(other);
      hasStar = true;
    } else {
      items.push(readNamed(cursor));
      if (items.length === 1 && seesComprehension(cursor)) {
        readComprehension(cursor);
        items[0] = other;
        break;
      }
    }
    if (!cursor.accept(",")) break;
    commas++;
  }
  cursor.expect(close);
  return { items, commas, hasStar };
}

function readParentheses(cursor: Cursor): Expression {
  if (cursor.accept("yield")) {
    if (cursor.accept("from")) {
      readExpression(cursor);
      cursor.expect(")");
    } else readItems(cursor, ")");
    return other;
  }
  const { items, commas, hasStar } = readItems(cursor, ")");
  if (items.length !== 1 || commas > 0) return toSequence("tuple", items);
  if (hasStar) throw new SyntaxError("cannot use starred expression here");
  return items[0]!;
}

/** Parses an index, slices, or several of them. */
function readSubscript(cursor: Cursor): void {
  do {
    if (cursor.accept("*")) readOperation(cursor, BITWISE_OR);
    else if (!cursor.sees(":")) readNamed(cursor);
    for (let colons = 0; colons < 2 && cursor.accept(":"); colons++) {
      if (![":", ",", "]"].some((text) => cursor.sees(text))) readExpression(cursor);
    }
  } while (cursor.accept(",") && !cursor.sees("]"));
  cursor.expect("]");
}

function toSequence(kind: "list" | "tuple", items: readonly Expression[]): Expression {
  const literals = items.map(toLiteral);
  return literals.includes(null) ? combine(items) : toLiteralExpression({ kind, items: literals as Literal[] });
}

/** Returns the kind of a container of which some items are not literals. */
function combine(items: readonly Expression[]): Expression {
  return items.some((item) => item.kind !== "unstorable" && toLiteral(item) === null) ? other : unstorable;
}

/** Parses a dict, a set, or a comprehension of one. */
function readBraces(cursor: Cursor): Expression {
  if (cursor.sees("*")) return readSet(cursor);
  const entries = new Map<string, readonly [Literal, Literal]>();
  const unknown: Expression[] = [];
  while (!cursor.sees("}")) {
    if (cursor.accept("**")) {
      readOperation(cursor, BITWISE_OR);
      unknown.push(other);
    } else {
      const isFirst = entries.size === 0 && unknown.length === 0;
      const keyExpression = isFirst ? readNamed(cursor) : readExpression(cursor);
      if (isFirst && !cursor.sees(":")) return readSet(cursor, { isAfterFirst: true });
      cursor.expect(":");
      const valueExpression = readExpression(cursor);
      if (isFirst && seesComprehension(cursor)) {
        readComprehension(cursor);
        cursor.expect("}");
        return other;
      }
      const [key, value] = [toLiteral(keyExpression), toLiteral(valueExpression)];
      if (key && !isKey(key)) unknown.push(other);
      else if (key && value) entries.set(toKeyIdentity(key), [entries.get(toKeyIdentity(key))?.[0] ?? key, value]);
      else unknown.push(keyExpression, valueExpression);
    }
    if (!cursor.accept(",")) break;
  }
  cursor.expect("}");
  return unknown.length === 0 ? toLiteralExpression({ kind: "dict", entries: [...entries.values()] }) : combine(unknown);
}

/** Parses the elements of a set, whose first one may have been read. */
function readSet(cursor: Cursor, { isAfterFirst = false } = {}): Expression {
  if (isAfterFirst && seesComprehension(cursor)) {
    readComprehension(cursor);
    cursor.expect("}");
    return other;
  }
  if (isAfterFirst && !cursor.accept(",")) cursor.expect("}");
  else readItems(cursor, "}");
  return other;
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
  let isUnpacked = false;
  for (let isFirst = true; !cursor.sees(")"); isFirst = false) {
    if (cursor.accept("**")) {
      keywords.push([null, readExpression(cursor)]);
      isUnpacked = true;
    } else if (cursor.accept("*")) {
      if (isUnpacked) throw new SyntaxError("'*' follows '**'");
      readExpression(cursor);
    } else if (cursor.peek().kind === "name" && cursor.sees("=", 1)) {
      const name = readName(cursor);
      cursor.expect("=");
      keywords.push([name, readExpression(cursor)]);
    } else {
      if (keywords.length > 0) throw new SyntaxError("positional argument follows keyword argument");
      readNamed(cursor);
      if (isFirst && seesComprehension(cursor)) {
        readComprehension(cursor);
        break;
      }
    }
    if (!cursor.accept(",")) break;
  }
  cursor.expect(")");
  return keywords;
}
