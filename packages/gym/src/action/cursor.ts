import type { Token } from "./token.ts";

// Python itself nests brackets no deeper; here it keeps hostile text off the end of the stack.
const DEEPEST = 200;

/** A place in a line of tokens. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The token here, or some places on. */
  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? { kind: "end" };
  }

  /** The token here, and on to the next. */
  next(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  /** Whether this operator or word stands here, or some places on. */
  sees(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (token.kind === "operator" || token.kind === "name") && token.text === text;
  }

  /** Goes past this operator or word if it stands here. */
  accept(text: string): boolean {
    const here = this.sees(text);
    if (here) this.#at++;
    return here;
  }

  /** Goes past this operator or word. @throws SyntaxError when something else stands here. */
  expect(text: string): void {
    if (!this.accept(text)) throw new SyntaxError(`'${text}' expected`);
  }

  /** Reads something that may hold itself. @throws SyntaxError when it does so too deep. */
  nested<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) throw new SyntaxError("nested too deep");
    const value = read();
    this.#depth--;
    return value;
  }
}
