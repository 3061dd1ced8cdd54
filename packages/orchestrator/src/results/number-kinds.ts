/**
 * JSON files tell `1` from `1.0`; JavaScript's numbers do not. Where a file's format does not declare a field's kind (arguments of calls,
 * model parameters, raw answers) the kind is remembered beside the object that holds the number, so that written files equal the read ones.
 */
const floats = new WeakMap<object, ReadonlySet<string>>();

const NONE: ReadonlySet<string> = new Set();

/** Marks whole floats while JSON.parse runs; a text in a file does not begin like this and continue with nothing but a number. */
const MARK = "\ue001float:";

/** `JSON.parse` that remembers which whole numbers were written as floats. @throws SyntaxError as JSON.parse does */
export function parseKeepingKinds(text: string): unknown {
  const marked = markWholeFloats(text);
  if (marked === text) return JSON.parse(text);
  return JSON.parse(marked, function (this: object, key, value: unknown) {
    if (typeof value !== "string" || !value.startsWith(MARK)) return value;
    floats.set(this, new Set([...(floats.get(this) ?? []), key]));
    return Number(value.slice(MARK.length));
  });
}

/** The keys (or places, in a list) whose numbers were written as floats though they are whole; undefined for objects from no file. */
export function findFloatKeys(holder: object): ReadonlySet<string> | undefined {
  return floats.get(holder);
}

/** Hands the kinds of a parsed file's objects on to the checked copies of them. */
export function keepNumberKinds(from: unknown, to: unknown): void {
  if (!isObject(from) || !isObject(to)) return;
  if (from !== to) floats.set(to, floats.get(from) ?? NONE);
  for (const key of Object.keys(to)) keepNumberKinds(from[key], to[key]);
}

const wholeFloat = /-?\d+(?:\.0+(?:[eE][+-]?\d+)?|(?:\.\d+)?[eE][+-]?\d+)(?![\d.eE])/g;

// Only between strings can a number stand.
function markWholeFloats(text: string): string {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const open = text.indexOf('"', at);
    const between = open === -1 ? text.slice(at) : text.slice(at, open);
    pieces.push(/[.eE]/.test(between) ? between.replace(wholeFloat, markIfWhole) : between);
    if (open === -1) break;
    at = endOfString(text, open);
    pieces.push(text.slice(open, at));
  }
  return pieces.join("");
}

function markIfWhole(number: string): string {
  return Number.isInteger(Number(number)) ? `"${MARK}${number}"` : number;
}

function endOfString(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); close !== -1; close = text.indexOf('"', close + 1)) {
    let slashes = 0;
    while (text[close - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return close + 1;
  }
  return text.length;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
