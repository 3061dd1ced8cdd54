import { describe, expect, test } from "vitest";
import { isToolError } from "../errors.ts";
import { evaluateExpression } from "./evaluate.ts";

/** The answer, or the refusal's text. */
function answer(expression: string): string {
  try {
    return evaluateExpression(expression);
  } catch (thrown) {
    if (!isToolError(thrown)) throw thrown;
    return `Error: ${thrown.message}`;
  }
}

describe("calculate evaluates Python's arithmetic", () => {
  test.each([
    ["2 + 2", "4.0"],
    ["(846 - 213) * 2", "1266.0"],
    ["2 + 3 * 4", "14.0"],
    ["10 - 4 - 3", "3.0"],
    ["100 / 10 / 5", "2.0"],
    ["-2**2", "-4.0"],
    ["2**-1", "0.5"],
    ["2**3**2", "512.0"],
    ["3--2", "5.0"],
    ["+-+5", "-5.0"],
    ["7//2", "3.0"],
    ["-7//2", "-4.0"],
    ["7.5//-2", "-4.0"],
    ["5.", "5.0"],
    [".5", "0.5"],
    ["00.5", "0.5"],
    ["0100.5", "100.5"],
    ["00", "0.0"],
    [" 2+2 ", "4.0"],
  ])("%s gives %s", (expression, expected) => {
    expect(answer(expression)).toBe(expected);
  });
});

describe("calculate returns a float with at most two decimals", () => {
  test.each([
    ["1/3", "0.33"],
    ["0.1+0.2", "0.3"],
    ["0.125", "0.12"],
    ["2.675", "2.67"],
    ["1.005", "1.0"],
    ["-0.001", "-0.0"],
    ["-0", "0.0"],
    ["-0.0", "-0.0"],
    ["0.0*-1", "-0.0"],
    ["10**15", "1000000000000000.0"],
    ["10**16", "1e+16"],
    ["10**20/8", "1.25e+19"],
    ["444790539743865.875", "444790539743865.9"],
  ])("%s gives %s", (expression, expected) => {
    expect(answer(expression)).toBe(expected);
  });
});

describe("calculate keeps integers of any size exact", () => {
  test.each([
    ["10**400/10**399", "10.0"],
    ["12345678901234567890", "1.2345678901234567e+19"],
    ["(10**30 + 1) - 10**30", "1.0"],
    ["10**25 // 10**24", "10.0"],
    ["(10**17 + 1)/10**17", "1.0"],
    ["-(10**40)/10**39", "-10.0"],
    ["10**-400", "0.0"],
    ["9.188 ** 21", "1.6890430424456387e+20"],
  ])("%s gives %s", (expression, expected) => {
    expect(answer(expression)).toBe(expected);
  });
});

describe("calculate lets floats overflow, except in powers", () => {
  test.each([
    ["10.0**308*10", "inf"],
    ["-10.0**308*10", "-inf"],
    ["10.0**308*10-10.0**308*10", "nan"],
    ["1**(10.0**308*10)", "1.0"],
    ["(10.0**308*10)//7", "nan"],
    ["10.0**400", "Error: (34, 'Numerical result out of range')"],
    ["10**400", "Error: int too large to convert to float"],
    ["10**400*1.0", "Error: int too large to convert to float"],
    ["10**400/1", "Error: integer division result too large for a float"],
  ])("%s gives %s", (expression, expected) => {
    expect(answer(expression)).toBe(expected);
  });
});

describe("calculate refuses an expression without a value in Python's words", () => {
  test.each([
    ["1/0", "division by zero"],
    ["1/(2-2)", "division by zero"],
    ["1.0/0", "float division by zero"],
    ["1//0", "integer division or modulo by zero"],
    ["1.0//0", "float floor division by zero"],
    ["0**-1", "0.0 cannot be raised to a negative power"],
    ["(-8)**(1/3)", "float() argument must be a string or a real number, not 'complex'"],
    ["(-8)**0.5/0", "complex division by zero"],
    ["()", "float() argument must be a string or a real number, not 'tuple'"],
    ["()*2", "float() argument must be a string or a real number, not 'tuple'"],
    ["...", "float() argument must be a string or a real number, not 'ellipsis'"],
    ["5(3)", "'int' object is not callable"],
    ["5(1/0)", "division by zero"],
    ["()()", "'tuple' object is not callable"],
    ["()-1", "unsupported operand type(s) for -: 'tuple' and 'int'"],
    ["()+1", 'can only concatenate tuple (not "int") to tuple'],
    ["()*2.0", "can't multiply sequence by non-int of type 'float'"],
    ["-()", "bad operand type for unary -: 'tuple'"],
  ])("%s: %s", (expression, expected) => {
    expect(answer(expression)).toBe(`Error: ${expected}`);
  });
});

describe("calculate refuses a syntax error in Python's words", () => {
  test.each([
    ["5 % 2", "Invalid characters in expression"],
    ["1,000", "Invalid characters in expression"],
    ["1e3", "Invalid characters in expression"],
    ["\t1+1", "Invalid characters in expression"],
    ["", "invalid syntax (<string>, line 0)"],
    ["  ", "invalid syntax (<string>, line 0)"],
    ["2*", "invalid syntax (<string>, line 1)"],
    ["1 2", "invalid syntax (<string>, line 1)"],
    ["1..2", "invalid syntax (<string>, line 1)"],
    ["1///2", "invalid syntax (<string>, line 1)"],
    ["5 .", "invalid syntax (<string>, line 1)"],
    ["(/", "invalid syntax (<string>, line 1)"],
    ["(1 2)", "invalid syntax. Perhaps you forgot a comma? (<string>, line 1)"],
    ["((1 2)", "invalid syntax. Perhaps you forgot a comma? (<string>, line 1)"],
    ["(1+2", "'(' was never closed (<string>, line 1)"],
    ["(1 2", "'(' was never closed (<string>, line 1)"],
    ["2(", "'(' was never closed (<string>, line 1)"],
    ["1)", "unmatched ')' (<string>, line 1)"],
    ["(1 2))", "unmatched ')' (<string>, line 1)"],
    ["007", "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers (<string>, line 1)"],
  ])("%s: %s", (expression, expected) => {
    expect(answer(expression)).toBe(`Error: ${expected}`);
  });
});

describe("calculate limits the time of an expression", () => {
  test("powers of more than 39457 digits are refused", () => {
    expect(answer("9**9**9")).toBe("Error: the numbers in this expression get too large to compute");
    expect(answer("1**9**9")).toBe("1.0");
    expect(answer("(-1)**(10**30 + 1)")).toBe("-1.0");
  });

  test("parentheses nest up to 200 deep", () => {
    const nested = (depth: number) => `${"(".repeat(depth)}1${")".repeat(depth)}`;
    expect(answer(nested(200))).toBe("1.0");
    expect(answer(nested(201))).toBe("Error: too many nested parentheses (<string>, line 1)");
  });

  test("a chain of thousands of operators is refused without a crash", () => {
    expect(answer(`1${"+1".repeat(2000)}`)).toBe("2001.0");
    for (const chain of [`1${"+1".repeat(3900)}`, `${"-".repeat(3900)}1`, `2${"**1".repeat(3900)}`]) {
      expect(answer(chain)).toBe("Error: maximum recursion depth exceeded during compilation");
    }
  });

  test.each([
    ["a chain", `1${"+1".repeat(4000)}`],
    ["signs", `${"-".repeat(8000)}1`],
    ["groups", Array.from({ length: 50 }, () => `(${"1+".repeat(100)}1)`).join("+")],
  ])("more than 8,000 tokens are refused: %s", (_, expression) => {
    expect(answer(expression)).toMatch(/^Error: this expression is too long: .*8000/);
  });

  test.each([
    ["powers", `9**20000*9**20000${"+9**20000*9**20000".repeat(50_000)}`],
    ["digits", "1".repeat(1_000_000)],
    ["blanks", `1${" ".repeat(1_000_000)}`],
  ])("more than 100,000 characters are refused: %s", (_, expression) => {
    expect(answer(expression)).toMatch(/^Error: this expression is too long: .*100000/);
  });

  test("thousands of tokens are computed", () => {
    const groups = Array.from({ length: 9 }, () => `(${"1+".repeat(440)}1)`);
    expect(answer(groups.join("+"))).toBe("3969.0");
  });

  test.each([
    ["products of powers", "9**20000*9**20000", "+", 20],
    ["powers of floats", "1.1**1200", "+", 20],
    ["negative powers", "1.1**-1200", "+", 40],
    ["quotients", "9**32000//9**16000", "-", 20],
    ["negative powers of small size", "7**-360", "+", 1550],
    ["sums with one large number", "9**32000-9**32000", "+", 20],
  ])("the work of all operations together is limited: %s", (_, unit, operator, times) => {
    expect(answer(Array.from({ length: times }, () => unit).join(operator))).toMatch(/^Error: this expression takes too much work/);
  });

  test.each([
    ["9**16000*9**16000/9**31999", "9.0"],
    ["(1.05**30)*(1.05**30)*(1.07**12)/(1.01**360)", "1.17"],
    ["123456.78**10/123456.78**9", "123456.78"],
    [Array.from({ length: 1000 }, () => "123456.78*2").join("+"), "246913560.0"],
    [`${"9".repeat(4300)}-${"9".repeat(4300)}`, "0.0"],
  ])("an expression of a usual size is computed", (expression, expected) => {
    expect(answer(expression)).toBe(expected);
  });

  test("literals of more than 4300 digits are refused", () => {
    expect(answer("1".repeat(4301))).toMatch(/^Error: Exceeds the limit \(4300 digits\)/);
  });
});
