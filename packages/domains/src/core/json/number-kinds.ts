/**
 * JSON tells `2` from `2.0`, and so do answers and hashes of tau2-bench; JavaScript's numbers do not. Where nothing declares the kind of a
 * number, the kind in which it was written is remembered beside the object or list that holds it. Nothing is
 * remembered for values of programs: their numbers take the declared kind.
 */

/** Kind of a number in Python. */
export type NumberKind = "int" | "float";

/** Keys (or places, in a list) of the whole numbers that were written as floats, by holder. Holders of parsed texts without such are in it, too. */
const floats = new WeakMap<object, ReadonlySet<string>>();

/** The same in a database record, whose copies must keep it. */
const FLOATS = Symbol.for("tau2.floats");

const NONE: ReadonlySet<string> = new Set();

/** Marks whole floats while JSON is parsed or formatted. No text can begin like this by intent, since the mark differs in each process. */
const MARK = `\ue001float${Math.random().toString(36).slice(2)}:`;

/** Parses JSON like `JSON.parse`, and remembers which numbers were written as floats. @throws SyntaxError as JSON.parse does */
export function parseJson(text: string): unknown {
  const marked = markWholeFloats(text);
  if (marked === text) return JSON.parse(text);
  const found = new Map<object, Set<string>>();
  return JSON.parse(marked, function (this: object, key, value: unknown) {
    if (typeof value !== "string" || !value.startsWith(MARK)) return value;
    let keys = found.get(this);
    if (!keys) {
      found.set(this, (keys = new Set()));
      floats.set(this, keys);
    }
    keys.add(key);
    return Number(value.slice(MARK.length));
  });
}

/** Formats JSON like `JSON.stringify`, with the numbers that {@link parseJson} read as floats as floats. */
export function stringifyJson(value: unknown, indent?: number): string {
  let isMarked = false;
  const text = JSON.stringify(
    value,
    function (this: object, key, item: unknown) {
      if (typeof item !== "number" || !findFloatKeys(this)?.has(key)) return item;
      isMarked = true;
      return MARK + writeWholeFloat(item);
    },
    indent,
  );
  return isMarked ? text.replaceAll(markedFloat, "$1") : text;
}

const markedFloat = new RegExp(`"${MARK}(-?[^"]*)"`, "g");

function writeWholeFloat(value: number): string {
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Returns the keys (or places, in a list) whose numbers were written as floats though they are whole. Undefined without a memory. */
export function findFloatKeys(holder: object): ReadonlySet<string> | undefined {
  const known = floats.get(holder);
  if (known) return known;
  const stored = (holder as { [FLOATS]?: readonly string[] })[FLOATS];
  return stored && new Set(stored);
}

/** Remembers, for each object and list in a value that was parsed from text, how its numbers were written. */
export function rememberNumberKinds(value: unknown): void {
  keepNumberKinds(value, value);
}

/** Copies the memory to a copy of a parsed value, such as the output of a schema. */
export function keepNumberKinds(from: unknown, to: unknown): void {
  if (!isHolder(from) || !isHolder(to)) return;
  floats.set(to, findFloatKeys(from) ?? NONE);
  for (const key of Object.keys(to)) keepNumberKinds(from[key], to[key]);
}

/** Remembers that a holder came from text, and which of its whole numbers were floats there. */
export function setFloatKeys(holder: object, keys: Iterable<string>): void {
  floats.set(holder, new Set(keys));
}

/** Returns whether it is remembered how the numbers of a holder were written. */
export function hasNumberKinds(holder: object): boolean {
  return floats.has(holder);
}

/** Copies the memory to the copy of a value of unknown origin: does nothing without one. */
export function copyNumberKinds(from: unknown, to: unknown): void {
  if (isHolder(from) && floats.has(from)) keepNumberKinds(from, to);
}

/** Returns the kind in which a number was written, or the declared kind of a number without a memory. */
export function getNumberKind(holder: object, key: string, declared: NumberKind): NumberKind {
  const known = findFloatKeys(holder);
  if (!known) return declared;
  return known.has(key) || !Number.isInteger((holder as Record<string, unknown>)[key]) ? "float" : "int";
}

/**
 * Stores the kinds of a record's integers that were written as floats, so that answers and hashes have them. Rules call it where
 * tau2-bench stores arguments as they came.
 */
export function storeIntegerKinds(record: object, written: object, keys: readonly string[]): void {
  const others = getStoredFloats(record).filter((key) => !keys.includes(key));
  const kept = [...others, ...keys.filter((key) => getNumberKind(written, key, "int") === "float")];
  if (kept.length > 0) Object.assign(record, { [FLOATS]: kept });
  else delete (record as { [FLOATS]?: unknown })[FLOATS];
}

/** Returns the fields of a record whose integers were written as floats. */
export function getStoredFloats(record: object): readonly string[] {
  return (record as { [FLOATS]?: readonly string[] })[FLOATS] ?? [];
}

/** Returns a record with the stored floats of another one. */
export function withStoredFloats<T extends object>(record: T, keys: readonly string[]): T {
  return keys.length > 0 ? Object.assign(record, { [FLOATS]: keys }) : record;
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
    at = findStringEnd(text, open);
    pieces.push(text.slice(open, at));
  }
  return pieces.join("");
}

function markIfWhole(number: string): string {
  return Number.isInteger(Number(number)) ? `"${MARK}${number}"` : number;
}

function findStringEnd(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); close !== -1; close = text.indexOf('"', close + 1)) {
    let slashes = 0;
    while (text[close - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return close + 1;
  }
  return text.length;
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
