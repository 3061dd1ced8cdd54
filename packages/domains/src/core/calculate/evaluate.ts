import { ToolError } from "../errors.ts";
import {
  bitLength,
  divideIntegers,
  divideFloats,
  floorDivideFloats,
  powerFloats,
  toFloat,
  getTypeName,
  type Value,
} from "./float-arithmetic.ts";
import { createWorkCounter, getLinearWork, getProductWork, getQuotientWork, type CountWork } from "./work.ts";
import { type BinaryOperator, type Expression, parseExpression } from "./parse.ts";
import { pyFloat, pyRound2 } from "../python.ts";

// tau2-bench computes integers of any size and hangs on some. 2**17 bits are 39457 digits.
const maxBits = 2 ** 17;

/** Evaluates an expression by Python's rules. @throws ToolError with Python's text, or if integers get too large. */
function evaluate(expression: Expression, count: CountWork): Value {
  switch (expression.kind) {
    case "value":
      return expression.value;
    case "sign":
      return applySign(expression.operator, evaluate(expression.operand, count), count);
    case "binary":
      return applyOperator(expression.operator, evaluate(expression.left, count), evaluate(expression.right, count), count);
    case "call": {
      const callee = evaluate(expression.callee, count);
      if (expression.argument) evaluate(expression.argument, count);
      throw new ToolError(`'${getTypeName(callee)}' object is not callable`);
    }
  }
}

function applySign(sign: "+" | "-", value: Value, count: CountWork): Value {
  if (value === "complex") return value;
  if (typeof value === "string") throw new ToolError(`bad operand type for unary ${sign}: '${value}'`);
  if (typeof value === "bigint") count(getLinearWork(bitLength(value)));
  return sign === "+" ? value : -value;
}

function applyOperator(operator: BinaryOperator, a: Value, b: Value, count: CountWork): Value {
  if (typeof a === "bigint" && typeof b === "bigint") return applyToIntegers(operator, a, b, count);
  if (typeof a !== "string" && typeof b !== "string") return applyToFloats(operator, toFloat(a), toFloat(b), count);
  return applyToOthers(operator, a, b);
}

function applyToIntegers(operator: BinaryOperator, a: bigint, b: bigint, count: CountWork): Value {
  const [aBits, bBits] = [bitLength(a), bitLength(b)];
  count(getLinearWork(aBits + bBits));
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      requireSize(aBits + bBits);
      count(getProductWork(aBits, bBits));
      return a * b;
    case "/":
      return divideIntegers(a, b);
    case "//": {
      if (b === 0n) throw new ToolError("integer division or modulo by zero");
      count(getQuotientWork(aBits, bBits));
      return a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n);
    }
    case "**": {
      if (b < 0n) return powerFloats(toFloat(a), toFloat(b), count);
      const bits = a === 0n || a === 1n || a === -1n ? 1 : aBits * Number(b);
      requireSize(bits);
      count(getProductWork(bits, bits));
      return a ** b;
    }
  }
}

function applyToFloats(operator: BinaryOperator, a: number, b: number, count: CountWork): Value {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return divideFloats(a, b);
    case "//":
      return floorDivideFloats(a, b);
    case "**":
      return powerFloats(a, b, count);
  }
}

/** Applies an operator to operands that are not both real numbers. Every result is refused in the end; only the text differs. */
function applyToOthers(operator: BinaryOperator, a: Value, b: Value): Value {
  const [left, right] = [getTypeName(a), getTypeName(b)];
  const isNumber = (value: Value) => typeof value !== "string" || value === "complex";
  if (isNumber(a) && isNumber(b) && operator !== "//") {
    if (operator === "/" && Number(b) === 0) throw new ToolError("complex division by zero");
    return "complex";
  }
  if (operator === "+" && a === "tuple") {
    if (b === "tuple") return "tuple";
    throw new ToolError(`can only concatenate tuple (not "${right}") to tuple`);
  }
  if (operator === "*" && (a === "tuple" || b === "tuple")) {
    const times = a === "tuple" ? b : a;
    if (typeof times === "bigint") return "tuple";
    throw new ToolError(`can't multiply sequence by non-int of type '${getTypeName(times)}'`);
  }
  const shown = operator === "**" ? "** or pow()" : operator;
  throw new ToolError(`unsupported operand type(s) for ${shown}: '${left}' and '${right}'`);
}

function requireSize(bits: number): void {
  if (bits > maxBits) throw new ToolError("the numbers in this expression get too large to compute");
}

/**
 * Calculates an arithmetic expression, rounds it to two decimals, and formats it like a Python float: `1/3` gives `0.33`, `2 + 2`
 * gives `4.0` (docs/spec/airline.md#2-2). Integers are exact until the end.
 * @throws ToolError with the text of tau2-bench for a syntax error, or an expression without a value; with our own text for an
 * expression that is too long or takes too much work.
 */
export function evaluateExpression(expression: string): string {
  if (/[^0-9+\-*/(). ]/.test(expression)) throw new ToolError("Invalid characters in expression");
  const count = createWorkCounter();
  const value = evaluate(parseExpression(expression), count);
  if (typeof value === "string") throw new ToolError(`float() argument must be a string or a real number, not '${value}'`);
  return pyFloat(pyRound2(toFloat(value)));
}
