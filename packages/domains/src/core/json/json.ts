/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** An object that JSON can hold. */
export type JsonObject = { [key: string]: Json };

/** True for objects that are neither null nor arrays. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * `JSON.parse` that keeps the order of keys that look like integers: JavaScript moves those to the front of an object,
 * so they come back with {@link ORDER_MARK} before them; {@link toPlainKey} takes it off again. Schemas made with `orderedMap` and
 * `mapOf` do so by themselves.
 */
export function parseOrderedJson(text: string): unknown {
  return JSON.parse(integerKey.test(text) ? text.replace(integerKeys, `"${ORDER_MARK}$1":`) : text);
}

/** Stands before integer-like keys while order matters; never part of data, since JSON files hold no private-use key prefix. */
const ORDER_MARK = "\ue000";

/** The key without {@link ORDER_MARK}. */
export function toPlainKey(key: string): string {
  return key.startsWith(ORDER_MARK) ? key.slice(1) : key;
}

// A quote after `{`, `,` or white space that opens a run of digits closed by `":` can only be a key: inside a string such quotes are escaped.
const integerKey = /(?<=[{,\s])"\d{1,10}"\s*:/;
const integerKeys = /(?<=[{,\s])"(\d{1,10})"\s*:/g;

/** The record of an id, or undefined. Ids come from models: only own keys count. */
export function getOwn<T>(map: Record<string, T>, id: string): T | undefined {
  return Object.hasOwn(map, id) ? map[id] : undefined;
}

/** @internal Maps and plain objects read alike. */
export function getKeys(value: object): string[] {
  return value instanceof Map ? [...(value as Map<string, unknown>).keys()] : Object.keys(value);
}

/** @internal */
export function hasKey(value: object, key: string): boolean {
  return value instanceof Map ? value.has(key) : Object.hasOwn(value, key);
}

/** @internal */
export function getValue(value: object, key: string): unknown {
  return value instanceof Map ? value.get(key) : (value as Record<string, unknown>)[key];
}

/** Maps as objects, so that JSON can hold the value. */
export function toPlainValue(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(toPlainValue);
  if (!isRecord(value)) return value;
  return Object.fromEntries(getKeys(value).map((key) => [key, toPlainValue(getValue(value, key))]));
}
