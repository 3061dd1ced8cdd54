import { pyJsonDumps, hashText } from "@tau2/domains/internal";

/** The text by which two JSON values are compared: the order of keys does not matter. */
export function formatValue(value: unknown): string {
  return pyJsonDumps(value, { sortKeys: true });
}

/** SHA-256 of {@link formatValue}, in hexadecimal. */
export function hashValue(value: unknown): string {
  return hashText(formatValue(value));
}
