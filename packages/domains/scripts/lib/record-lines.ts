/** Objects and maps that are written one entry a line, below them everything on that line. */
export type IsSpread = (path: readonly string[]) => boolean;

/** JSON that stays small and yet shows changes record by record. Maps are written as objects in their own order, whatever their keys look like. */
export function recordLines(value: unknown, isSpread: IsSpread, path: readonly string[] = []): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  const pairs: [string, unknown][] = value instanceof Map ? [...(value as Map<string, unknown>)] : Object.entries(value);
  const entries = pairs.map(([key, item]) => `${JSON.stringify(key)}:${recordLines(item, isSpread, [...path, key])}`);
  const [open, between, close] = isSpread(path) && entries.length > 0 ? ["{\n", ",\n", "\n}"] : ["{", ",", "}"];
  return open + entries.join(between) + close;
}
