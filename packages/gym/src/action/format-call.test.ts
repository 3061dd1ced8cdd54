import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAction } from "./action.ts";
import { formatCalls, formatCall } from "./format-call.ts";

describe("a call from its values", () => {
  test.each([
    [{}, "f()"],
    [{ b: 1, a: 2.5, Z: -1 }, "f(Z=-1, a=2.5, b=1)"],
    [{ a: "it's \\ \n" }, "f(a='it\\'s \\ \n')"],
    [{ a: ["it's", 'a "b"', null, true, {}] }, 'f(a=["it\'s", \'a "b"\', None, True, {}])'],
    [{ "\u{1f642}": 1, "\uffff": 2 }, "f(\uffff=2, \u{1f642}=1)"],
  ])("%j", (args, text) => {
    expect(formatCall({ name: "f", arguments: args })).toBe(text);
  });
});

describe("the calls of a message", () => {
  test("one that was written as text shows its numbers as they were written", () => {
    expect(formatCalls(parseAction('{"name": "f", "arguments": {"gb": 2.0}}', "assistant"))).toEqual(["f(gb=2.0)"]);
  });

  test("others show them by their value", () => {
    const calls = [1, 2].map((n) => ({ id: "", name: `f${n}`, arguments: { gb: 2.0 }, requestor: "assistant" as const }));
    expect(formatCalls({ tool_calls: calls })).toEqual(["f1(gb=2)", "f2(gb=2)"]);
  });

  test("words have none", () => {
    expect(formatCalls(parseAction("Hello", "user"))).toEqual([]);
  });
});

describe("what is printed reads back as the same call", () => {
  const identifier = fc
    .stringMatching(/^[a-z_][a-z0-9_]{0,8}$/)
    .filter(
      (word) =>
        !/^(and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield)$/.test(
          word,
        ),
    );
  // Text right at a keyword is printed with its backslashes and line breaks bare, as the reference does, and so cannot be read back.
  const plain = fc.string({ unit: "binary" }).filter((text) => !/[\\\n\r\0]|[\ud800-\udfff](?![\udc00-\udfff])/.test(text));
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      number,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value")),
      fc.dictionary(fc.string(), tie("value")),
    ),
  }));

  test("for any values", () => {
    const args = fc.dictionary(
      identifier,
      fc.oneof(
        plain,
        value.filter((item) => typeof item !== "string"),
      ),
    );
    fc.assert(
      fc.property(identifier, args, (name, given) => {
        const call = parseAction(formatCall({ name, arguments: given as never }), "assistant").tool_calls?.[0];
        expect(call).toEqual({ id: "", name, arguments: given, requestor: "assistant" });
      }),
    );
  });
});
