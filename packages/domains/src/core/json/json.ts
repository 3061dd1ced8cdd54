/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** An object that JSON can hold. */
export type JsonObject = { [key: string]: Json };

/** Returns whether a value is an object, but not null or an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Parses JSON and keeps the order of keys that look like integers, which JavaScript moves to the front of an object. Such keys get a
 * mark as prefix. Schemas made with `orderedMap` and `mapOf` remove it.
 * @param parse parses the text with the marks
 */
export function parseOrderedJson(text: string, parse: (text: string) => unknown = JSON.parse): unknown {
  return parse(integerKey.test(text) ? text.replace(integerKeys, `"${ORDER_MARK}$1":`) : text);
}

/** Prefix of integer-like keys while their order matters. A private-use character, which keys in data files do not begin with. */
const ORDER_MARK = "\ue000";

/** Returns the key without {@link ORDER_MARK}. */
export function toPlainKey(key: string): string {
  return key.startsWith(ORDER_MARK) ? key.slice(1) : key;
}

// Digits between a quote after `{`, `,` or white space and a closing `":` can only be a key: quotes inside strings are escaped.
const integerKey = /(?<=[{,\s])"\d{1,10}"\s*:/;
const integerKeys = /(?<=[{,\s])"(\d{1,10})"\s*:/g;

/** Returns a JSON string literal in ASCII, escaped like `json.dumps` does. */
export function toAsciiJsonString(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** Returns the record of an id, or undefined. Ids come from models, so inherited keys such as `constructor` do not count. */
export function getOwn<T>(map: Record<string, T>, id: string): T | undefined {
  return Object.hasOwn(map, id) ? map[id] : undefined;
}

/** @internal Returns the keys of a `Map` or a plain object. */
export function getKeys(value: object): string[] {
  return value instanceof Map ? [...(value as Map<string, unknown>).keys()] : Object.keys(value);
}

/** @internal Returns whether a `Map` or a plain object has a key of its own. */
export function hasKey(value: object, key: string): boolean {
  return value instanceof Map ? value.has(key) : Object.hasOwn(value, key);
}

/** @internal Returns the value of a key in a `Map` or a plain object. */
export function getValue(value: object, key: string): unknown {
  return value instanceof Map ? value.get(key) : (value as Record<string, unknown>)[key];
}

/** Converts every `Map` in a value to a plain object, so that JSON can represent it. */
export function toPlainValue(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(toPlainValue);
  if (!isRecord(value)) return value;
  return Object.fromEntries(getKeys(value).map((key) => [key, toPlainValue(getValue(value, key))]));
}
