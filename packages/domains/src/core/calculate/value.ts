import { ToolError } from "../errors.ts";

/**
 * What an expression can come to: Python's int (a bigint), float (a number), or one of the values that only exist to be refused:
 * the empty tuple `()`, `...`, and the complex result of a negative base to a fractional power.
 */
export type Value = bigint | number | "tuple" | "ellipsis" | "complex";

/** The Python type's name, for error texts. */
export function typeName(value: Value): string {
  if (typeof value === "bigint") return "int";
  return typeof value === "number" ? "float" : value;
}

/** The nearest float. @throws ToolError for an int beyond the range of floats. */
export function toFloat(value: bigint | number): number {
  const float = Number(value);
  if (typeof value === "bigint" && !Number.isFinite(float)) throw new ToolError("int too large to convert to float");
  return float;
}
