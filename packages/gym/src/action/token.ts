import { createTooLongError, MOST_TOKENS } from "./call-size.ts";
import type { Literal } from "./literal.ts";

/** Python string literal in a line. */
export interface StringLiteral {
  /** Null for f-strings and bytes, which cannot be arguments, and for text with a character by its name, which needs Unicode's list of names. */
  value: string | null;
  bytes: boolean;
  isFormatted: boolean;
  /** Index after the literal. */
  end: number;
}

const opening = /([rR]|[bB]|[uU]|[fF]|[rR][bB]|[bB][rR]|[rR][fF]|[fF][rR])?('''|"""|'|")/y;

/** Parses the string literal at an index. Returns null if there isn't one. @throws SyntaxError if Python would */
function readString(line: string, at: number): StringLiteral | null {
  opening.lastIndex = at;
  const found = opening.exec(line);
  if (!found) return null;
  const prefix = (found[1] ?? "").toLowerCase();
  const quote = found[2]!;
  const start = opening.lastIndex;
  let end = start;
  while (!line.startsWith(quote, end)) {
    if (end >= line.length) throw new SyntaxError("unterminated string literal");
    end += line[end] === "\\" ? 2 : 1;
  }
  const body = line.slice(start, end);
  const bytes = prefix.includes("b");
  if (bytes && /[^\0-\x7f]/.test(body)) throw new SyntaxError("bytes can only contain ASCII literal characters");
  const isFormatted = prefix.includes("f");
  if (bytes && !prefix.includes("r") && /(?:^|[^\\])(?:\\\\)*\\x(?![\da-fA-F]{2})/.test(body)) throw new SyntaxError("invalid \\x escape");
  const value = bytes || isFormatted ? null : prefix === "r" ? body : unescape(body);
  return { value, bytes, isFormatted, end: end + quote.length };
}

const plain: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Replaces escapes by their characters. Null if one names its character, as `\\N{DIGIT ONE}` does. @throws SyntaxError if Python would */
function unescape(body: string): string | null {
  const escapes = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(N\{[A-Za-z][A-Za-z\d -]*\})|([^]))/g;
  let isNamed = false;
  const text = body.replace(
    escapes,
    (whole, octal?: string, hex?: string, short?: string, long?: string, named?: string, other?: string) => {
      if (named !== undefined) isNamed = true;
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      const code = hex ?? short ?? long;
      if (code !== undefined) return toCharacter(Number.parseInt(code, 16));
      if (other !== undefined && Object.hasOwn(plain, other)) return plain[other]!;
      if (/[NxuU]/.test(other ?? "")) throw new SyntaxError(`'\\${other}' is not a complete escape`);
      return whole;
    },
  );
  return isNamed ? null : text;
}

function toCharacter(code: number): string {
  if (code > 0x10ffff) throw new SyntaxError("illegal Unicode character");
  return String.fromCodePoint(code);
}

/** Pattern of one character that Python's `str` and `re` take as white space. */
export const pythonSpace = String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;

/** Token of a line of Python. */
export type Token =
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "number"; readonly literal: Literal | null }
  | ({ readonly kind: "string" } & Readonly<Omit<StringLiteral, "end">>)
  | { readonly kind: "operator"; readonly text: string }
  | { readonly kind: "end" };

const space = /[ \t\f\r]+|#.*/y;
const name = /[\p{XID_Start}_][\p{XID_Continue}]*/uy;
const operator = /\*\*=?|\/\/=?|>>=?|<<=?|\.\.\.|[!=<>:+\-*/%@&|^]=|->|[()[\]{},:.;@=+\-*/%&|^~<>]/y;
const digits = String.raw`\d(?:_?\d)*`;
const exponent = String.raw`[eE][+-]?${digits}`;
const float = new RegExp(String.raw`(?:${digits})?\.${digits}(?:${exponent})?|${digits}\.(?:${exponent})?|${digits}${exponent}`, "y");
const imaginary = new RegExp(String.raw`(?:${float.source}|${digits})[jJ]`, "y");
const int = /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*|[1-9](?:_?\d)*/y;

// Python's own limit; it bounds the time that a hostile number takes.
const LONGEST_INT = 4300;

// Python still reads `1if x else 2`.
const LONGEST_WORD = 8;
const wordAfterNumber = /^(?:and|else|for|if|in|is|not|or)(?![\p{XID_Continue}])/u;

/**
 * Splits one line of Python into tokens while they are read; the last one is `end`. A line that is not a call is left at the first token
 * that shows it.
 * @throws SyntaxError if Python would
 */
export function* tokenize(line: string): Generator<Token, undefined> {
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(line)?.[0] ?? null;
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  while (at < line.length) {
    if (take(space) !== null) continue;
    const text = readString(line, at);
    if (text) {
      const { end, ...literal } = text;
      at = end;
      yield { kind: "string", ...literal };
      continue;
    }
    const word = take(name);
    if (word !== null) {
      yield { kind: "name", text: word.normalize("NFKC") };
      continue;
    }
    const literal = takeNumber(take);
    if (literal !== undefined) {
      if (!wordAfterNumber.test(line.slice(at, at + LONGEST_WORD)) && take(name) !== null) {
        throw new SyntaxError("a number runs into a name");
      }
      yield { kind: "number", literal };
      continue;
    }
    const sign = take(operator);
    if (sign === null) throw new SyntaxError(`unexpected character at ${at}`);
    yield { kind: "operator", text: sign };
  }
  yield { kind: "end" };
}

/** Parses a number: null for an imaginary number, undefined for another token. */
function takeNumber(take: (pattern: RegExp) => string | null): Literal | null | undefined {
  if (take(imaginary) !== null) return null;
  const fraction = take(float);
  if (fraction !== null) return { kind: "float", value: Number(fraction.replaceAll("_", "")) };
  const whole = take(int)?.replaceAll("_", "");
  if (whole === undefined) return undefined;
  if (whole.length > LONGEST_INT) throw new SyntaxError("a number is too long");
  return { kind: "int", value: BigInt(whole) };
}

// Python's own limit; it keeps hostile text from overflowing the stack.
const DEEPEST = 200;

/** Position in the tokens of a call. */
export class Cursor {
  readonly #coming: Iterator<Token, undefined>;
  readonly #tokens: Token[] = [];
  #at = 0;
  #depth = 0;

  constructor(tokens: Iterator<Token, undefined>) {
    this.#coming = tokens;
  }

  /** Returns the token `ahead` places after the current one. @throws Tau2Error `invalid` beyond the tokens that a call may hold */
  peek(ahead = 0): Token {
    while (this.#tokens.length <= this.#at + ahead) {
      const { value } = this.#coming.next();
      if (value === undefined) return { kind: "end" };
      if (this.#tokens.push(value) > MOST_TOKENS) throw createTooLongError();
    }
    return this.#tokens[this.#at + ahead]!;
  }

  /** Returns the current token, and advances. */
  next(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  /** Returns whether the operator or word is `ahead` places after the current token. */
  sees(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (token.kind === "operator" || token.kind === "name") && token.text === text;
  }

  /** Advances past the operator or word. Returns false if another token is next. */
  accept(text: string): boolean {
    const here = this.sees(text);
    if (here) this.#at++;
    return here;
  }

  /** Advances past the operator or word. @throws SyntaxError if another token is next */
  expect(text: string): void {
    if (!this.accept(text)) throw new SyntaxError(`'${text}' expected`);
  }

  /** Parses a part that can contain itself. @throws SyntaxError if it is nested too deep */
  nested<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) throw new SyntaxError("nested too deep");
    const value = read();
    this.#depth--;
    return value;
  }
}
