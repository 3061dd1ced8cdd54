import { pyFloat, pyNumber, pyJsonDumps } from "@tau2/domains/internal";

/** How texts and numbers are written: the reference's files come in two forms (docs/spec/core.md#0-1). */
export interface JsonDialect {
  text(value: string): string;
  /** A number that is declared as a float. */
  float(value: number): string;
  /** A number of no declared kind: whole ones plain. */
  number(value: number): string;
}

/** PYJSON: all in ASCII. The one-file form, and the file of the directory form that names its simulations. */
export const pythonDialect: JsonDialect = {
  text: (value) => pyJsonDumps(value),
  float: (value) => (Number.isFinite(value) ? pyFloat(value) : pyJsonDumps(value)),
  number: (value) => pyJsonDumps(value),
};

/** PDJSON: texts in UTF-8, small numbers longer without an exponent, null for what is no number. The files of single simulations. */
export const pydanticDialect: JsonDialect = {
  text: (value) => JSON.stringify(value),
  float: pydanticFloat,
  number: (value) => (Number.isInteger(value) && !Object.is(value, -0) ? pyNumber(value) : pydanticFloat(value)),
};

function pydanticFloat(value: number): string {
  if (!Number.isFinite(value)) return "null";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (value !== 0 && exponent < -5) return `${mantissa}e${exponent}`;
  if (exponent >= 16) return `${mantissa}e+${exponent}`;
  // Between them both forms agree, but for 0.00001 to 0.0001.
  return exponent === -5 ? `${value < 0 ? "-" : ""}0.0000${mantissa.replace(/[-.]/g, "")}` : pyFloat(value);
}
