import { ToolError } from "../errors.ts";
import { getProductWork, type CountWork } from "./work.ts";

const mantissaBits = 53;
const minExponent = -1021;

/** Divides integers of any size, rounded once to the nearest float, ties to even. @throws ToolError if `b` is 0 or the result is too large. */
export function divideIntegers(a: bigint, b: bigint): number {
  if (b === 0n) throw new ToolError("division by zero");
  if (isExact(a) && isExact(b)) return Number(a) / Number(b);
  const size = divideNaturals(magnitude(a), magnitude(b));
  return a < 0n !== b < 0n ? -size : size;
}

function divideNaturals(a: bigint, b: bigint): number {
  if (a === 0n) return 0;
  // Scaled so that the quotient has a few bits more than a float, and fewer near zero, where floats lose bits.
  const shift = Math.max(bitLength(a) - bitLength(b), minExponent) - mantissaBits - 2;
  const [dividend, divisor] = shift < 0 ? [a << BigInt(-shift), b] : [a, b << BigInt(shift)];
  const quotient = dividend / divisor;
  const extra = Math.max(bitLength(quotient), minExponent - shift) - mantissaBits;
  const rounded = roundHalfEven(quotient, BigInt(extra), quotient * divisor !== dividend);
  // In two steps, since a single power of two below 2**-1074 is 0.
  const float = Number(rounded) * 2 ** Math.trunc(shift / 2) * 2 ** (shift - Math.trunc(shift / 2));
  if (!Number.isFinite(float)) throw new ToolError("integer division result too large for a float");
  return float;
}

/** Rounds a number to a multiple of `2 ** bits`. `inexact` means that the number was truncated before. */
function roundHalfEven(value: bigint, bits: bigint, inexact: boolean): bigint {
  const unit = 1n << bits;
  const rest = value % unit;
  const floor = value - rest;
  const half = unit / 2n;
  const up = rest > half || (rest === half && (inexact || (floor / unit) % 2n === 1n));
  return up ? floor + unit : floor;
}

function isExact(value: bigint): boolean {
  return magnitude(value) <= BigInt(Number.MAX_SAFE_INTEGER);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Returns the number of binary digits of a number's magnitude. */
export function bitLength(value: bigint): number {
  if (value === 0n) return 0;
  const hex = magnitude(value).toString(16);
  return hex.length * 4 - Math.clz32(Number.parseInt(hex[0]!, 16)) + 28;
}

/**
 * Value of an expression: a Python int (bigint), a float (number), or a value that is always refused: the empty tuple `()`, `...`,
 * and the complex result of a negative base to a fractional power.
 */
export type Value = bigint | number | "tuple" | "ellipsis" | "complex";

/** Returns the name of the Python type, for error texts. */
export function getTypeName(value: Value): string {
  if (typeof value === "bigint") return "int";
  return typeof value === "number" ? "float" : value;
}

/** Converts to the nearest float. @throws ToolError for an int beyond the range of floats. */
export function toFloat(value: bigint | number): number {
  const float = Number(value);
  if (typeof value === "bigint" && !Number.isFinite(float)) throw new ToolError("int too large to convert to float");
  return float;
}

const maxBits = 2 ** 16;
// Of an exact power of two small integers, with its quotient.
const baseWork = 4096;

/** Divides floats. @throws ToolError for a divisor of 0. */
export function divideFloats(a: number, b: number): number {
  if (b === 0) throw new ToolError("float division by zero");
  return a / b;
}

/** Returns `a // b` of floats, computed from the remainder, which is exact. @throws ToolError for a divisor of 0. */
export function floorDivideFloats(a: number, b: number): number {
  if (b === 0) throw new ToolError("float floor division by zero");
  const rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0 && b < 0 !== rest < 0) quotient -= 1;
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** Returns `a ** b` of floats. @throws ToolError for 0 to a negative power and for results beyond the range. */
export function powerFloats(a: number, b: number, count: CountWork): Value {
  if (a === 1) return 1;
  if (a === -1 && !Number.isFinite(b)) return Number.isNaN(b) ? b : 1;
  if (a === 0 && b < 0) throw new ToolError("0.0 cannot be raised to a negative power");
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) return "complex";
  const power = a ** b;
  if (!Number.isFinite(power) && Number.isFinite(a) && Number.isFinite(b)) throw new ToolError("(34, 'Numerical result out of range')");
  return Number.isInteger(b) && Number.isFinite(power) && power !== 0 ? computeIntegerPower(a, b, { close: power, count }) : power;
}

/** Returns the nearest float to an integer power. `close` is JavaScript's result, which is off by one bit for some; Python's is not. */
function computeIntegerPower(a: number, b: number, { close, count }: { close: number; count: CountWork }): number {
  const [top, bottom] = toRatio(a);
  const exponent = Math.abs(b);
  const bits = Math.max(bitLength(top), bitLength(bottom)) * exponent;
  if (bits > maxBits) return close;
  count(baseWork + 2 * getProductWork(bits, bits) + bits);
  const [tops, bottoms] = [top ** BigInt(exponent), bottom ** BigInt(exponent)];
  return b < 0 ? divideIntegers(bottoms, tops) : divideIntegers(tops, bottoms);
}

/** Converts a float to an exact fraction. */
function toRatio(value: number): [bigint, bigint] {
  let top = value;
  let bottom = 1n;
  for (; !Number.isInteger(top); bottom *= 2n) top *= 2;
  return [BigInt(top), bottom];
}
