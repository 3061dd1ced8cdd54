const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const closing: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

/** Position and kind of a syntax error in JSON. */
export interface JsonErrorLocation {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly problem: string;
  /** True if the text ends before the value does. */
  readonly endsEarly: boolean;
}

/** Locates the syntax error in a text that `JSON.parse` refused. */
export function locateJsonError(json: string): JsonErrorLocation {
  const at = locateJsonErrorAt(json);
  const endsEarly = at === json.length;
  const problem = endsEarly ? "unexpected end" : `${JSON.stringify(String.fromCodePoint(json.codePointAt(at)!))} is unexpected`;
  const before = json.slice(0, at).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1, problem, endsEarly };
}

/**
 * Returns the offset of the first unexpected character, or the length of a text that ends too early.
 * The message of `JSON.parse` names a position only for some errors, and differs between versions of Node.
 */
export function locateJsonErrorAt(json: string): number {
  const open: string[] = [];
  let at = 0;
  skipBlanks();
  while (value() && ended());
  return at;

  /** Reads a scalar, an empty container, or the start of a container up to its first value. Returns false at an error. */
  function value(): boolean {
    for (let close = closing[json[at] ?? ""]; close !== undefined; close = closing[json[at] ?? ""]) {
      takes(json[at]!);
      open.push(close);
      if (json[at] === close) return true;
      if (close === "}" && !key()) return false;
    }
    if (json[at] === '"') return text();
    if (!matches(scalar)) return false;
    skipBlanks();
    return true;
  }

  /** Reads from the end of a value to the start of the next one. Returns false at the last value or an error. */
  function ended(): boolean {
    while (open.length > 0 && takes(open.at(-1)!)) open.pop();
    return open.length > 0 && takes(",") && (open.at(-1) === "]" || key());
  }

  function key(): boolean {
    return text() && takes(":");
  }

  function text(): boolean {
    if (json[at] !== '"') return false;
    at++;
    while (at < json.length && json[at] !== '"' && json[at]! >= " ") {
      if (json[at] !== "\\") at++;
      else if (!matches(escape)) return false;
    }
    return takes('"');
  }

  function takes(sign: string): boolean {
    if (json[at] !== sign) return false;
    at++;
    skipBlanks();
    return true;
  }

  function matches(pattern: RegExp): boolean {
    pattern.lastIndex = at;
    if (!pattern.test(json)) return false;
    at = pattern.lastIndex;
    return true;
  }

  function skipBlanks(): void {
    while (json[at] === " " || json[at] === "\n" || json[at] === "\r" || json[at] === "\t") at++;
  }
}
