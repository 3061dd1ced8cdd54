import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAction, readCallAction, formatCalls, formatCall, toActionMessage, type Action } from "./action.ts";
import { reserved } from "./expression.ts";

const read = (text: string) => {
  const call = readCallAction(text);
  return call ? [call.name, call.arguments] : null;
};
const argument = (written: string) => readCallAction(`f(a=${written})`)?.arguments["a"];
const shown = (text: string) => readCallAction(text)?.functional;

describe("a function's form", () => {
  test.each([
    ["f()", "f", {}],
    ["  f ( ) \n", "f", {}],
    ["f(a=1, b='x', )", "f", { a: 1, b: "x" }],
    ["f(a=1, a=2)", "f", { a: 2 }],
    ["вызов(x=1)", "вызов", { x: 1 }],
  ])("%j is a call", (text, name, args) => {
    expect(read(text)).toEqual([name, args]);
  });

  test.each([
    ["f(1, 'two', a=3)", { a: 3 }],
    ["f(*rest, a=3)", { a: 3 }],
    ["f(x.y[0] + g(2) < 3 and not z, a=3)", { a: 3 }],
    ["f(...)", {}],
    ["f(lambda x, *y, z=1: x, a=3)", { a: 3 }],
    ["f([i for i in x if i], {k: v for k, v in y}, a=3)", { a: 3 }],
    ["f({1, *x}, {**y}, (z := 1), x[1:2, ::3], (yield), await x, a=3)", { a: 3 }],
    ["f(i for i in x)", {}],
    ["f(1if x else 2, '\\N{DIGIT ONE}', a=3)", { a: 3 }],
  ])("positional arguments do not count: %s", (text, args) => {
    expect(read(text)).toEqual(["f", args]);
  });

  test.each([
    ["f(a=1)(b=2)", { b: 2 }],
    ["f(a=1); g(b=2)", { a: 1 }],
    ["f(a=1) # (really)", { a: 1 }],
    ["f(a=1) ;# (really)", { a: 1 }],
    ["f\u00a0(a=1)", { a: 1 }],
  ])("it is the outermost call of the first statement that counts: %s", (text, args) => {
    expect(read(text)).toEqual(["f", args]);
  });

  test.each([
    ["class(a=1)", "class", { a: 1 }],
    ["not (a)", "not", {}],
    ["if (x)", "if", {}],
    ["1f(a=1)", "1f", { a: 1 }],
    ["2nd()", "2nd", {}],
    ["None(a=1)", "None", { a: 1 }],
    ["Straße (a=1)", "Straße", { a: 1 }],
  ])("the name of a call may be any word, as in tau2-bench: %s", (text, name, args) => {
    expect(read(text)).toEqual([name, args]);
  });

  test.each([
    ["f(a=b'x', a=1)", { a: 1 }],
    ["f(a=1e999, a=1)", { a: 1 }],
    ["f(a=..., b=2, a=[1])", { a: [1], b: 2 }],
    ["f(a=-1j, a={b'k': b'v'}, a=0)", { a: 0 }],
  ])("the last value of a keyword counts, and may replace one that JSON cannot hold: %s", (text, args) => {
    expect(read(text)).toEqual(["f", args]);
  });

  test.each(["f(a=g(), a=1)", "f(a=f'x', a=1)", "f(a=-b'x', a=1)", "f(a={[]: 1}, a=1)", "f(a=1, a=b'x')"])(
    "an expression that must be evaluated makes the action text, even if another value replaces it: %s",
    (text) => expect(read(text)).toBeNull(),
  );

  test("an unpacked value does not have a name", () => {
    expect(read("f(**{'a': 1})")).toEqual(["f", { None: { a: 1 } }]);
  });

  test.each([
    "done",
    "f(",
    "not a call)",
    "foo.bar()",
    "I can (probably) help you",
    "Hello (there, my friend)",
    "Sure (I'll do it)",
    "f(a=1, 3)",
    "f(**x, *y)",
    "f(,)",
    "f(a=[1, 2)",
    "f(\na=1\n)",
    "f(a=1 # )",
    "f(a=1) if (x) else (y)",
    "f(a=1), (g)",
    "f(class=1)",
    "f(a=1$)",
    "f(1 + not x)",
    "f(x[])",
    "f(a=1) ; (",
    "f(b'\\x')",
    "f(i for i in x, 1)",
    "f([i for 1 in x])",
    "f((*a))",
    "f(lambda x=1, y: x)",
    "f(a='\\N{DIGIT ONE}')",
  ])("%j is not a call", (text) => {
    expect(read(text)).toBeNull();
  });
});

describe("values of keywords", () => {
  test.each<[string, unknown]>([
    ["1", 1],
    ["0x10", 16],
    ["0o17", 15],
    ["0b11", 3],
    ["1_000", 1000],
    ["00", 0],
    ["1e3", 1000],
    [".5", 0.5],
    ["1_0.5_0", 10.5],
    ["-1", -1],
    ["--1", 1],
    ["+1.5", 1.5],
    ["-True", -1],
    ["True", true],
    ["None", null],
    ["true", "true"],
    ["abc", "abc"],
    ["(1)", 1],
    ["[]", []],
    ["[1, 'a', [None]]", [1, "a", [null]]],
    ["(1, 'x')", [1, "x"]],
    ["(1,)", [1]],
    ["()", []],
    ["{}", {}],
    ["{'k': 1, 'k': 2, x: [3]}", { k: 2, x: [3] }],
    ["{1: 'a', 2.0: 'b', True: 'c', None: 'd'}", { "1": "c", "2.0": "b", null: "d" }],
  ])("%s", (written, value) => {
    expect(argument(written)).toEqual(value);
  });

  test.each<[string, string]>([
    [String.raw`'it\'s'`, "it's"],
    [`"it's"`, "it's"],
    [`'''it's "so"'''`, `it's "so"`],
    [`'a' "b"`, "ab"],
    [String.raw`r'a\n'`, String.raw`a\n`],
    [String.raw`'\t\n\\\x41\101\u00e9\U0001F642'`, "\t\n\\AAé🙂"],
    [String.raw`'\q'`, String.raw`\q`],
    ["'Zoë ☕'", "Zoë ☕"],
  ])("text %s", (written, value) => {
    expect(argument(written)).toBe(value);
  });

  test.each([
    "2+2",
    "foo.bar",
    "g()",
    "not True",
    "1 if True else 2",
    "{1, 2}",
    "f'{1}'",
    "lambda: 1",
    "[x for x in y]",
    "[1, g()]",
    "{'k': g()}",
    "{[1]: 2}",
    "-'a'",
    "~1",
    "2j",
    "b'x'",
    "...",
    "1e999",
    "{(1, 2): 3}",
    "007",
    "1abc",
    "'open",
    String.raw`'\x4'`,
    String.raw`'\N{DASH}'`,
    "'a' b'b'",
    "b'é'",
    "1 2",
  ])("%s makes the action words", (written) => {
    expect(read(`f(a=${written})`)).toBeNull();
  });
});

describe("a call in JSON", () => {
  test("says who calls and under which id", () => {
    const text = '{"name": "f", "arguments": {"a": [1, {"b": null}]}, "id": "x1", "requestor": "user", "more": 5}';
    expect(parseAction(text, "assistant").tool_calls).toEqual([
      { id: "x1", name: "f", arguments: { a: [1, { b: null }] }, requestor: "user" },
    ]);
  });

  test("without a requestor belongs to the assistant, also if the user acts", () => {
    expect(parseAction('{"name": "f", "arguments": {}}', "user").tool_calls?.[0]).toMatchObject({ id: "", requestor: "assistant" });
    expect(parseAction("f()", "user").tool_calls?.[0]).toMatchObject({ id: "", requestor: "user" });
  });

  test.each([
    '{"name": "f"}',
    '{"name": "f", "arguments": "x"}',
    '{"name": 5, "arguments": {}}',
    '{"name": "f", "arguments": {}, "id": 5}',
    '{"name": "f", "arguments": {}, "requestor": "robot"}',
    '[{"name": "f", "arguments": {}}]',
    '{"name": "f", "arguments": {"a": 1e999}}',
    "{not json",
    "null",
    "42",
  ])("%s is words", (text) => {
    expect(read(text)).toBeNull();
  });

  test("text in it is decoded", () => {
    expect(read(String.raw`{"name": "f", "arguments": {"a": "\ud83d\ude42 \"x\" \/ {", "__proto__": 1}}`)?.[1]).toEqual(
      JSON.parse(String.raw`{"a": "🙂 \"x\" / {", "__proto__": 1}`),
    );
  });
});

describe("a call as tau2-bench prints it", () => {
  test.each([
    ["f(b=1, a='it\\'s \\\\ ok')", String.raw`f(a='it\'s \ ok', b=1)`],
    ["f(a=1e3, b=1000, c=0x10, d=1e-7, e=1e22)", "f(a=1000.0, b=1000, c=16, d=1e-07, e=1e+22)"],
    ["f(a=12345678901234567890)", "f(a=12345678901234567890)"],
    ["f(a=(1, 'x'), b=(1,), c=())", "f(a=(1, 'x'), b=(1,), c=())"],
    ["f(a={'z': 1, 1: [True, None, \"it's\"]})", "f(a={'z': 1, 1: [True, None, \"it's\"]})"],
    ['{"name": "f", "arguments": {"b": 2.0, "a": 2, "10": {"9": 1, "8": -0.0}}}', "f(10={'9': 1, '8': -0.0}, a=2, b=2.0)"],
    ["f(**x, a=1)", "f(None='x', a=1)"],
  ])("%s", (text, printed) => {
    expect(shown(text)).toBe(printed);
  });
});

describe("words", () => {
  test("stay as they are, blanks around them too", () => {
    expect(parseAction("  Hello?\n", "user")).toEqual({
      role: "user",
      content: "  Hello?\n",
      tool_calls: null,
      cost: null,
      raw_data: { action: "  Hello?\n" },
    });
  });

  test.each(["", "   ", "\n"])("%j is nothing at all", (text) => {
    expect(() => parseAction(text, "assistant")).toThrow("Action cannot be empty");
  });
});

describe("hostile text is words, without a crash or a delay", () => {
  test.each([
    ["brackets", `f(a=${"[".repeat(90_000)}${"]".repeat(90_000)})`],
    ["signs", `f(a=${"-".repeat(100_000)}1)`],
    ["negations", `f(${"not ".repeat(40_000)}x)`],
    ["powers", `f(${"a**".repeat(60_000)}b)`],
    ["choices", `f(${"a if b else ".repeat(15_000)}b)`],
    ["digits", `f(a=${"9".repeat(190_000)})`],
    ["nested JSON", `{"name": "f", "arguments": ${'{"a":'.repeat(1000)}1${"}".repeat(1000)}}`],
    ["digits in JSON", `{"name": "f", "arguments": {"a": ${"9".repeat(190_000)}}}`],
    ["a null character", "f(a='\0', \0)"],
  ])("%s", (_, text) => {
    expect(read(text)).toBeNull();
  });
});

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

  test("words do not have calls", () => {
    expect(formatCalls(parseAction("Hello", "user"))).toEqual([]);
  });
});

describe("a printed call parses to the same call", () => {
  const word = fc.stringMatching(/^[a-z0-9_]{1,9}$/);
  const identifier = word.filter((text) => /^[a-z_]/.test(text) && !reserved.has(text));
  // Like tau2-bench, text of a keyword is printed with bare backslashes and line breaks, so it cannot always be parsed.
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
      fc.property(word, args, (name, given) => {
        const call = parseAction(formatCall({ name, arguments: given as never }), "assistant").tool_calls?.[0];
        expect(call).toEqual({ id: "", name, arguments: given, requestor: "assistant" });
      }),
    );
  });
});

describe("an action as values", () => {
  test("words", () => {
    expect(toActionMessage({ content: "Hello." }, "user", 4)).toEqual({ role: "user", content: "Hello.", tool_calls: null, cost: null });
  });

  test("calls belong to the learner, and missing ids are generated", () => {
    const calls = [
      { name: "f", arguments: { a: [1] } },
      { id: "own", name: "g", arguments: {} },
    ];
    expect(toActionMessage({ content: null, tool_calls: calls }, "user", 4)?.tool_calls).toEqual([
      { id: "call_4_1", name: "f", arguments: { a: [1] }, requestor: "user" },
      { id: "own", name: "g", arguments: {}, requestor: "user" },
    ]);
  });

  test.each<[unknown, object]>([
    ['{"a":1}', { a: 1 }],
    [undefined, {}],
    [null, {}],
    ["", {}],
  ])("calls may have the arguments %j, as a model wrote them", (written, args) => {
    const action = { tool_calls: [{ name: "f", arguments: written as string }] };
    expect(toActionMessage(action, "assistant", 0)?.tool_calls).toMatchObject([{ name: "f", arguments: args }]);
  });

  test.each<[string, Action]>([
    ["blank text", "  "],
    ["no words", { content: "" }],
    ["no words and no calls", { content: null, tool_calls: [] }],
    ["nothing", {}],
  ])("%s is not an action", (_, action) => {
    expect(toActionMessage(action, "assistant", 0)).toBeNull();
  });

  test.each<[string, unknown]>([
    ["it is null", null],
    ["it is number", 5],
    ["content is of type number", { content: 5 }],
    ["tool_calls is not a list", { tool_calls: {} }],
    ["tool_calls[0] is not an object", { tool_calls: [null] }],
    ["neither content nor tool_calls", { name: "f", arguments: {} }],
    ["tool_calls[0] lacks a name", { tool_calls: [{ arguments: {} }] }],
    ["tool_calls[0] is in the form of chat completions", { tool_calls: [{ id: "a", function: { name: "f", arguments: "{}" } }] }],
    ["tool_calls[0] (f) has arguments that are not JSON", { tool_calls: [{ name: "f", arguments: "{a" }] }],
    ["tool_calls[0] (f) has arguments that are not an object", { tool_calls: [{ name: "f", arguments: [] }] }],
    ["tool_calls[0] (f) has an id that is not a string", { tool_calls: [{ name: "f", arguments: {}, id: 1 }] }],
    ["tool_calls[0] has arguments that JSON cannot hold", { tool_calls: [{ name: "f", arguments: { n: 1n } }] }],
  ])("a value that is not an action is refused: %s", (hint, action) => {
    expect(() => toActionMessage(action as Action, "assistant", 0)).toThrow(hint);
  });
});

describe("a call has a limited size", () => {
  const repeat = (count: number, unit: string) => unit.repeat(count);

  test.each([
    ["a dict as a function's argument", `f(a={${repeat(1250, "1: 1, ")}})`],
    ["keywords beside unpacked lists", `f(${repeat(100_000, "a=1, *x, ")})`],
    ["a dict in JSON", `{"name": "f", "arguments": {"a": [${repeat(5000, "1, ")}1]}}`],
    ["a megabyte of text", `f(a='${repeat(1_000_000, "x")}')`],
    ["a megabyte of text in JSON", `{"name": "f", "arguments": {"a": "${repeat(1_000_000, "x")}"}}`],
  ])("%s is refused", (_, text) => {
    const refused = expect.objectContaining({
      code: "invalid",
      message: expect.stringMatching(/too long.*200000 characters and 5000/) as string,
    });
    expect(() => parseAction(text, "assistant")).toThrow(refused as Error);
  });

  test.each([
    ["a list", `f(a=[${repeat(2400, "1, ")}])`],
    ["text", `f(a='${repeat(199_000, "x")}')`],
    ["JSON", `{"name": "f", "arguments": {"a": [${repeat(4800, "1, ")}1]}}`],
  ])("%s below the limit is a call", (_, text) => {
    expect(readCallAction(text)?.name).toBe("f");
  });

  test.each([
    ["a megabyte of words", repeat(250_000, "abc ")],
    ["a short word and words in parentheses", `note (${repeat(30_000, "word ")})`],
    ["a list", `[${repeat(300_000, "1, ")}]`],
  ])("%s is text", (_, text) => {
    expect(parseAction(text, "assistant").content).toBe(text);
  });

  test("a stored message with a longer call is formatted by its values", () => {
    const raw_data = { action: `f(a='${repeat(300_000, "x")}')` };
    const tool_calls = [{ id: "", name: "f", arguments: { a: 1 }, requestor: "assistant" as const }];
    expect(formatCalls({ tool_calls, raw_data })).toEqual(["f(a=1)"]);
  });
});
