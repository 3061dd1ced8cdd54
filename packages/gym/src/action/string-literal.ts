/** A string literal of Python as it was found in a line. */
export interface StringLiteral {
  /** Null for f-strings and bytes, whose value no argument can have. */
  value: string | null;
  bytes: boolean;
  /** Where the literal ends. */
  end: number;
}

const opening = /([rR]|[bB]|[uU]|[fF]|[rR][bB]|[bB][rR]|[rR][fF]|[fF][rR])?('''|"""|'|")/y;

/** Reads the string literal that begins at a place, or null when none does. @throws SyntaxError when Python could not read it either. */
export function readString(line: string, at: number): StringLiteral | null {
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
  const value = bytes || prefix.includes("f") ? null : prefix === "r" ? body : unescaped(body);
  return { value, bytes, end: end + quote.length };
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

function unescaped(body: string): string {
  const escapes = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([^]))/g;
  return body.replace(escapes, (whole, octal?: string, hex?: string, short?: string, long?: string, other?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    const code = hex ?? short ?? long;
    if (code !== undefined) return codePoint(Number.parseInt(code, 16));
    if (other !== undefined && Object.hasOwn(plain, other)) return plain[other]!;
    // Names of characters (\N{…}) would need Unicode's list of names; the other three are broken escapes.
    if (/[NxuU]/.test(other ?? "")) throw new SyntaxError(`'\\${other}' is not a complete escape`);
    return whole;
  });
}

function codePoint(code: number): string {
  if (code > 0x10ffff) throw new SyntaxError("illegal Unicode character");
  return String.fromCodePoint(code);
}
