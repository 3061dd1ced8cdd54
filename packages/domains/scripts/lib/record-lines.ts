/** Returns true if the object or map at a path is written with one entry per line. */
export type IsSpread = (path: readonly string[]) => boolean;

/** Formats JSON with one record per line, so that a diff shows changed records. A map becomes an object in the order of its entries. */
export function toRecordLines(value: unknown, isSpread: IsSpread, path: readonly string[] = []): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  const pairs: [string, unknown][] = value instanceof Map ? [...(value as Map<string, unknown>)] : Object.entries(value);
  const entries = pairs.map(([key, item]) => `${JSON.stringify(key)}:${toRecordLines(item, isSpread, [...path, key])}`);
  const [open, between, close] = isSpread(path) && entries.length > 0 ? ["{\n", ",\n", "\n}"] : ["{", ",", "}"];
  return open + entries.join(between) + close;
}
