/** Objects that are written one entry a line, below them everything on that line. */
export type IsSpread = (path: readonly string[]) => boolean;

/** JSON that stays small and yet shows changes record by record. */
export function recordLines(value: unknown, isSpread: IsSpread, path: readonly string[] = []): string {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !isSpread(path)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${recordLines(item, isSpread, [...path, key])}`);
  return entries.length === 0 ? "{}" : `{\n${entries.join(",\n")}\n}`;
}
