import { ToolError } from "../errors.ts";
import type { Value } from "./float-arithmetic.ts";

/** A token of an expression. `depth` is the number of open parentheses after it. */
export interface Token {
  kind: "number" | "operator" | "open" | "close" | "ellipsis" | "point" | "end";
  text: string;
  depth: number;
}

const maxParentheses = 200;
// Python does not compile a chain of more than 2995 operators. The limits bound the time for other shapes.
const maxTokens = 8000;
const maxLength = 100_000;
const piece = /\s*(?:(\d+\.\d*|\.\d+|\d+)|(\*\*|\/\/|[-+*/])|(\()|(\))|(\.\.\.)|(\.))/y;

/** Splits an expression like Python's tokenizer. @throws ToolError with Python's text. */
function tokenize(expression: string): Token[] {
  if (expression.length > maxLength) throw new ToolError(`this expression is too long: it may hold up to ${maxLength} characters`);
  const source = expression.trim();
  const tokens: Token[] = [];
  const opened: number[] = [];
  for (piece.lastIndex = 0; piece.lastIndex < source.length;) {
    if (tokens.length === maxTokens) {
      throw new ToolError(`this expression is too long: it may hold up to ${maxTokens} numbers, operators and parentheses`);
    }
    const [, number, operator, open, close, ellipsis, point] = piece.exec(source)!;
    const add = (kind: Token["kind"], text: string) => tokens.push({ kind, text, depth: opened.length });
    if (number !== undefined) {
      if (/^0+[1-9]\d*$/.test(number)) {
        throw syntaxError("leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
      }
      add("number", number);
    } else if (open) {
      if (opened.length === maxParentheses) throw syntaxError("too many nested parentheses");
      opened.push(tokens.length);
      add("open", open);
    } else if (close) {
      if (opened.pop() === undefined) throw syntaxError("unmatched ')'");
      add("close", close);
    } else if (operator) add("operator", operator);
    else if (ellipsis) add("ellipsis", ellipsis);
    else if (point) add("point", point);
  }
  tokens.push({ kind: "end", text: "", depth: opened.length });
  return tokens;
}

/** Creates a syntax error with Python's text. */
function syntaxError(what: string, line = 1): ToolError {
  return new ToolError(`${what} (<string>, line ${line})`);
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "**";

/** A parsed expression. */
export type Expression = { depth: number } & (
  | { kind: "value"; value: Value }
  | { kind: "sign"; operator: "+" | "-"; operand: Expression }
  | { kind: "binary"; operator: BinaryOperator; left: Expression; right: Expression }
  | { kind: "call"; callee: Expression; argument: Expression | null }
);

// Python 3.12 does not compile deeper trees. The limit also bounds the recursion here.
const maxDepth = 2995;
const maxDigits = 4300;

/**
 * Parses an expression of digits, points, operators and parentheses by Python's grammar.
 * @throws ToolError with Python's text, or for an expression that is too long.
 */
export function parseExpression(source: string): Expression {
  const tokens = tokenize(source);
  if (tokens.length === 1) throw syntaxError("invalid syntax", 0);
  const reader = new Reader(tokens);
  const expression = reader.whole();
  if (reader.peek().kind !== "end") throw syntaxError("invalid syntax");
  return expression;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(): Token {
    const token = this.#tokens[this.#at]!;
    // Python reports an open parenthesis only at the end, after all other errors.
    if (token.kind === "end" && token.depth > 0) throw syntaxError("'(' was never closed");
    return token;
  }

  /** Parses an expression up to its end, or to a closing parenthesis. */
  whole(): Expression {
    const expression = this.#sum();
    if (startsOperand(this.peek())) this.#sideBySide();
    return expression;
  }

  #take(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  #operator(...wanted: BinaryOperator[]): BinaryOperator | null {
    const { kind, text } = this.peek();
    if (kind !== "operator" || !wanted.includes(text as BinaryOperator)) return null;
    this.#at++;
    return text as BinaryOperator;
  }

  #sum(): Expression {
    let left = this.#product();
    for (let operator; (operator = this.#operator("+", "-"));) left = createBinary(operator, left, this.#product());
    return left;
  }

  #product(): Expression {
    let left = this.#signed();
    for (let operator; (operator = this.#operator("*", "/", "//"));) left = createBinary(operator, left, this.#signed());
    return left;
  }

  // Signs and powers nest to the right. They are collected in a list, since recursion on a long row would exhaust the stack.
  #signed(): Expression {
    const pending: ((right: Expression) => Expression)[] = [];
    for (;;) {
      const sign = this.#operator("+", "-") as "+" | "-" | null;
      if (sign) {
        pending.push((operand) => requireDepth({ kind: "sign", operator: sign, operand, depth: operand.depth + 1 }));
        continue;
      }
      const base = this.#primary();
      if (!this.#operator("**")) return pending.reduceRight((right, wrap) => wrap(right), base);
      pending.push((exponent) => createBinary("**", base, exponent));
    }
  }

  #primary(): Expression {
    let callee = this.#atom();
    while (this.peek().kind === "open") {
      this.#take();
      const argument = this.peek().kind === "close" ? null : this.whole();
      this.#close();
      callee = requireDepth({ kind: "call", callee, argument, depth: Math.max(callee.depth, argument?.depth ?? 0) + 1 });
    }
    return callee;
  }

  #atom(): Expression {
    const { kind, text } = this.#take();
    if (kind === "number") return { kind: "value", value: parseNumber(text), depth: 1 };
    if (kind === "ellipsis") return { kind: "value", value: "ellipsis", depth: 1 };
    if (kind !== "open") throw syntaxError("invalid syntax");
    if (this.peek().kind === "close") {
      this.#take();
      return { kind: "value", value: "tuple", depth: 1 };
    }
    const inner = this.whole();
    this.#close();
    return inner;
  }

  #close(): void {
    if (this.peek().kind !== "close") throw syntaxError("invalid syntax");
    this.#take();
  }

  /** Two operands in a row: Python reads the second one too before it words the error. */
  #sideBySide(): never {
    this.#sum();
    const inside = this.#tokens[this.#at - 1]!.depth > 0;
    throw syntaxError(inside ? "invalid syntax. Perhaps you forgot a comma?" : "invalid syntax");
  }
}

function startsOperand({ kind }: Token): boolean {
  return kind === "number" || kind === "ellipsis";
}

function createBinary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return requireDepth({ kind: "binary", operator, left, right, depth: Math.max(left.depth, right.depth) + 1 });
}

function requireDepth(expression: Expression): Expression {
  if (expression.depth > maxDepth) throw new ToolError("maximum recursion depth exceeded during compilation");
  return expression;
}

function parseNumber(text: string): Value {
  if (text.includes(".")) return Number(text);
  if (text.length > maxDigits) {
    throw syntaxError(`Exceeds the limit (${maxDigits} digits) for integer string conversion: value has ${text.length} digits`);
  }
  return BigInt(text);
}
