const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const closing: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

/** Why a text is not JSON. */
export interface JsonErrorLocation {
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly problem: string;
  /** Whether it would be JSON if it went on. */
  readonly endsEarly: boolean;
}

/** What is wrong with a text that a parser refused. */
export function locateJsonError(json: string): JsonErrorLocation {
  const at = locateJsonErrorAt(json);
  const endsEarly = at === json.length;
  const problem = endsEarly ? "it ends too early" : `${JSON.stringify(String.fromCodePoint(json.codePointAt(at)!))} cannot stand there`;
  const before = json.slice(0, at).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1, problem, endsEarly };
}

/**
 * Where a text stops being JSON: at the first character that cannot stand there, or at its end when it ends too early.
 * For texts that a parser refused: its own message names a place only for some faults, and differs between versions of Node.
 */
export function locateJsonErrorAt(json: string): number {
  const open: string[] = [];
  let at = 0;
  skipBlanks();
  while (value() && ended());
  return at;

  /** Goes behind a value, or to the end of one that is empty. False where none begins, or it breaks. */
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

  /** Goes on after a value, to the next one. False when there is none. */
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
