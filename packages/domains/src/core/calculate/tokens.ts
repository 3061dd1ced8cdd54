import { ToolError } from "../errors.ts";

/** A piece of an expression. `depth` counts the parentheses that are open after it. */
export interface Token {
  kind: "number" | "operator" | "open" | "close" | "ellipsis" | "point" | "end";
  text: string;
  depth: number;
}

const maxParentheses = 200;
const piece = /\s*(?:(\d+\.\d*|\.\d+|\d+)|(\*\*|\/\/|[-+*/])|(\()|(\))|(\.\.\.)|(\.))/y;

/** Splits an expression as Python's tokenizer does. @throws ToolError with Python's text. */
export function tokensOf(expression: string): Token[] {
  const source = expression.trim();
  const tokens: Token[] = [];
  const opened: number[] = [];
  for (piece.lastIndex = 0; piece.lastIndex < source.length;) {
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

/** A fault of the expression as Python words it. */
export function syntaxError(what: string, line = 1): ToolError {
  return new ToolError(`${what} (<string>, line ${line})`);
}
