import { ToolError } from "../errors.ts";

const mantissaBits = 53;
const minExponent = -1021;

/** `a / b` of integers of any size, rounded once to the nearest float, ties to even. @throws ToolError when b is 0 or the result is too large. */
export function divideIntegers(a: bigint, b: bigint): number {
  if (b === 0n) throw new ToolError("division by zero");
  if (isExact(a) && isExact(b)) return Number(a) / Number(b);
  const size = divideNaturals(magnitude(a), magnitude(b));
  return a < 0n !== b < 0n ? -size : size;
}

function divideNaturals(a: bigint, b: bigint): number {
  if (a === 0n) return 0;
  // Scaled so that the quotient has a few bits more than a float holds, and fewer where floats lose bits near zero.
  const shift = Math.max(bitLength(a) - bitLength(b), minExponent) - mantissaBits - 2;
  const [dividend, divisor] = shift < 0 ? [a << BigInt(-shift), b] : [a, b << BigInt(shift)];
  const quotient = dividend / divisor;
  const extra = Math.max(bitLength(quotient), minExponent - shift) - mantissaBits;
  const rounded = roundHalfEven(quotient, BigInt(extra), quotient * divisor !== dividend);
  // In two steps: a single power of two below 2**-1074 would already be 0.
  const float = Number(rounded) * 2 ** Math.trunc(shift / 2) * 2 ** (shift - Math.trunc(shift / 2));
  if (!Number.isFinite(float)) throw new ToolError("integer division result too large for a float");
  return float;
}

/** Clears the last bits of a number, going to the nearest multiple; `inexact` says that there was more behind them. */
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

/** Binary digits of a number's magnitude. */
export function bitLength(value: bigint): number {
  return value === 0n ? 0 : magnitude(value).toString(2).length;
}
