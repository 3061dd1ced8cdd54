const text = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const blanks = /[ \t\n\r]*/y;

/**
 * Where a text stops being JSON: at the first character that cannot stand there, or at its end when it ends too early.
 * For texts that a parser refused: its own message names a place only for some faults, and differs between versions of Node.
 */
export function jsonFaultAt(json: string): number {
  let at = 0;
  skipBlanks();
  value();
  return at;

  /** Whether a value stands here; goes behind it, or to the place where it breaks. */
  function value(): boolean {
    if (takes("{")) return listed("}", () => matches(text) && takes(":") && value());
    if (takes("[")) return listed("]", value);
    return matches(text) || matches(scalar);
  }

  function listed(close: string, item: () => boolean): boolean {
    if (takes(close)) return true;
    do if (!item()) return false;
    while (takes(","));
    return takes(close);
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
    skipBlanks();
    return true;
  }

  function skipBlanks(): void {
    blanks.lastIndex = at;
    blanks.test(json);
    at = blanks.lastIndex;
  }
}
