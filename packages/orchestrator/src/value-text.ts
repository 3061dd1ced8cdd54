import { pythonJson, textHash } from "@tau2/domains";

/** The text by which two JSON values are compared: the order of keys does not matter. */
export function valueText(value: unknown): string {
  return pythonJson(value, { sortKeys: true });
}

/** SHA-256 of {@link valueText}, in hexadecimal. */
export function valueHash(value: unknown): string {
  return textHash(valueText(value));
}
