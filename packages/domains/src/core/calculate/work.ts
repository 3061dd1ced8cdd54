import { ToolError } from "../errors.ts";

/** Counts units of work on one expression: about a nanosecond each. @throws ToolError beyond the limit */
export type CountWork = (units: number) => void;

// Two powers of the largest size. More would block the process for longer than 50 ms on a slow machine.
const maxUnits = 2 ** 23;

/** Starts to count the work on one expression, which tau2-bench does not limit. */
export function createWorkCounter(): CountWork {
  let spent = 0;
  return (units) => {
    spent += units;
    if (spent > maxUnits) throw new ToolError("this expression takes too much work to compute: use fewer or smaller numbers and powers");
  };
}

// BigInt multiplies and divides words of 64 bits by the school method, also in powers.
const wordBits = 64;

/** Returns the units of a product of integers with these numbers of bits. */
export function getProductWork(a: number, b: number): number {
  return Math.ceil(a / wordBits) * Math.ceil(b / wordBits);
}

/** Returns the units of a quotient with its rest. */
export function getQuotientWork(dividend: number, divisor: number): number {
  return 4 * getProductWork(Math.max(dividend - divisor, 0) + 2 * wordBits, divisor);
}

/** Returns the units to read integers with so many bits in all. */
export function getLinearWork(bits: number): number {
  return bits;
}
