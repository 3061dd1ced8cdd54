import { pyJsonDumps, hashText } from "@tau2/domains/internal";

/** The text by which two JSON values are compared: the order of keys does not matter. */
export function valueText(value: unknown): string {
  return pyJsonDumps(value, { sortKeys: true });
}

/** SHA-256 of {@link valueText}, in hexadecimal. */
export function valueHash(value: unknown): string {
  return hashText(valueText(value));
}
