import { ToolError } from "../errors.ts";
import { bitLength, divideIntegers } from "./divide-integers.ts";
import type { Value } from "./value.ts";

const maxBits = 2 ** 16;

/** `a / b` of floats. @throws ToolError for a divisor of 0. */
export function divideFloats(a: number, b: number): number {
  if (b === 0) throw new ToolError("float division by zero");
  return a / b;
}

/** `a // b` of floats: by way of the remainder, which is exact where a rounded quotient is not. @throws ToolError for a divisor of 0. */
export function floorDivideFloats(a: number, b: number): number {
  if (b === 0) throw new ToolError("float floor division by zero");
  const rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0 && b < 0 !== rest < 0) quotient -= 1;
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** `a ** b` of floats. @throws ToolError for 0 to a negative power and for results beyond the range. */
export function powerOfFloats(a: number, b: number): Value {
  if (a === 1) return 1;
  if (a === -1 && !Number.isFinite(b)) return Number.isNaN(b) ? b : 1;
  if (a === 0 && b < 0) throw new ToolError("0.0 cannot be raised to a negative power");
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) return "complex";
  const power = a ** b;
  if (!Number.isFinite(power) && Number.isFinite(a) && Number.isFinite(b)) throw new ToolError("(34, 'Numerical result out of range')");
  return Number.isInteger(b) && Number.isFinite(power) && power !== 0 ? wholePower(a, b, power) : power;
}

/** The nearest float to a whole power. JavaScript's own, given as `close`, is off by a bit for some; C's, which Python uses, is not. */
function wholePower(a: number, b: number, close: number): number {
  const [top, bottom] = ratioOf(a);
  const exponent = Math.abs(b);
  if (Math.max(bitLength(top), bitLength(bottom)) * exponent > maxBits) return close;
  const [tops, bottoms] = [top ** BigInt(exponent), bottom ** BigInt(exponent)];
  return b < 0 ? divideIntegers(bottoms, tops) : divideIntegers(tops, bottoms);
}

/** A float as an exact fraction. */
function ratioOf(value: number): [bigint, bigint] {
  let top = value;
  let bottom = 1n;
  for (; !Number.isInteger(top); bottom *= 2n) top *= 2;
  return [BigInt(top), bottom];
}
