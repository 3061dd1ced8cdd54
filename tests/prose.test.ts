import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findProse } from "../scripts/lib/prose.mjs";
import { proseRules } from "../scripts/lib/prose-rules.mjs";
import { beginsWithVerb, checkPublicFunctions } from "../scripts/lib/public-functions.mjs";

const found = (text: string, file = "a.ts") => findProse(file, text).map((hit) => hit.found);
const rulesFor = (text: string, file = "a.ts") => findProse(file, text).map((hit) => hit.rule);

/** Texts by rule: what the rule finds, and near misses that it passes over. */
const cases: Record<string, { bad: string[]; good: string[] }> = {
  "doc comment begins with a clause": {
    bad: ["/** What a tool does. */", "/** Whether it fits. */", "/**\n * How long a turn is.\n */"],
    good: ["/** Kind of a tool. */", "// What a tool does.", "/** Returns how long a turn lasts. */", "/** Sorted names. */"],
  },
  "actor without a name": {
    bad: ["// Nobody waits.", "// Ends when somebody calls.", "// The model to whom it belongs."],
    good: ["// The client does not wait.", 'const nobody = "somebody";'],
  },
  "one's own": { bad: ["// A domain of one's own."], good: ["// One owner's domain."] },
  "negated noun": {
    bad: ["// There is none.", "// It has no key.", "// There were\n// no calls.", "// A lock is no lock."],
    good: [
      "// It is no longer used.",
      "// It has no effect.",
      "// It needs no more than a name.",
      "// There isn't one.",
      "// It is no-op code.",
    ],
  },
  "for none": { bad: ["// Null for none."], good: ["// Null without a user."] },
  "clause in place of a noun": {
    bad: ["// Keeps what was said.", "// What is wrong comes first.", "// Ends the session of who is gone."],
    good: ["// Keeps the messages.", "// Says what is wrong.", "// Who are you?", "// Tells what the user wants."],
  },
  "of no weight": { bad: ["// The order is of no weight."], good: ["// The order has no effect."] },
  "as good as": { bad: ["// A text as good as empty."], good: ["// As good a text."] },
  "the original": { bad: ["// As in the original."], good: ["// Keeps the original order.", "// An original text."] },
  "the reference": { bad: ["/** As in the reference. */"], good: ["/** Returns a reference. */", "// Keeps the reference to a state."] },
  "at once": { bad: ["// Answers at once."], good: ["// Answers once."] },
  "goes on": { bad: ["// The run goes on."], good: ["// A ticket goes on sale."] },
  "stands in": { bad: ["// The name stands in the file."], good: ["// A standard."] },
  "the other side": { bad: ["// Waits for the other side."], good: ["// Waits for the counterpart."] },
  "is told": { bad: ["// The user is told."], good: ["// The user was notified.", "// They are told apart by their ids."] },
  "is asked": { bad: ["// A model is asked."], good: ["// A model asked."] },
  "gives up": { bad: ["// The client gives up.", "// It gives back the lock."], good: ["// It gives up waiting."] },
  "private vocabulary": {
    bad: ["/** Returns the figures. */", "// A shelf of domains.", "// The cast.", "// Either party."],
    good: [
      "/** Returns the metrics. */",
      "// A third-party library.",
      "// A WebSocket frame.",
      "// An outstanding call.",
      "// cast to a number",
    ],
  },
  "private vocabulary: seat": { bad: ["// The learner's seat."], good: ["// The learner's role."] },
};

describe("check:prose", () => {
  test.each(Object.entries(cases))("finds '%s' and passes over near misses", (rule, { bad, good }) => {
    for (const text of bad) expect(rulesFor(text), text).toEqual([rule]);
    for (const text of good) expect(found(text), text).toEqual([]);
  });

  test("has a case for every rule", () => {
    expect(Object.keys(cases).toSorted()).toEqual(proseRules.map(({ name }) => name).toSorted());
  });

  test("finds a long sentence in doc comments, in the line where it begins", () => {
    const words = Array.from({ length: 45 }, () => "word").join("\n * ");
    expect(findProse("a.ts", `/**\n * Returns. Returns ${words}.\n */`)).toMatchObject([{ found: "a long sentence", line: 2 }]);
    expect(found(`/** Returns a word. ${"Short. ".repeat(45)} */`)).toEqual([]);
    expect(found(`/**\n * Returns.\n *\n * @example\n * ${words}\n */`)).toEqual([]);
  });

  test("allows seats where airlines sell them", () => {
    expect(found("// Takes a seat.", "packages/domains/src/airline/a.ts")).toEqual([]);
    expect(found("// Takes a seat.", "packages/gym/src/a.ts")).toEqual(["seat"]);
  });
});

describe("check:prose reads", () => {
  test("every comment, also before a closing brace", () => {
    expect(found("try {\n  a();\n} catch {\n  // nobody waits\n}\n/* nobody */")).toEqual(["nobody", "nobody"]);
  });

  test("sentences that go over lines, and counts lines from one", () => {
    expect(findProse("a.ts", "a();\n// A key\n// is\n// none.")).toMatchObject([{ found: "is none", line: 3 }]);
    expect(findProse("a.ts", "/**\n * Returns `x`.\n * A key is\n * none.\n */")).toMatchObject([{ found: "is none", line: 3 }]);
    expect(findProse("a.md", "# Title\n\nA key is\nnone.")).toMatchObject([{ found: "is none", line: 3 }]);
    expect(found("A key is\n\nnone of them.", "a.md")).toEqual([]);
  });

  test("every place in a text", () => {
    expect(found("// nobody and somebody")).toEqual(["nobody", "somebody"]);
  });

  test("messages, templates too, but neither keys nor wire texts", () => {
    expect(found('throw new Error("somebody took it");')).toEqual(["somebody"]);
    expect(found("throw new Error(`somebody took ${what} away`);")).toEqual(["somebody"]);
    expect(found('const figures = shelf["standing"]; const frame = "tape";')).toEqual([]);
    expect(found(`const wire = '{"seats": 3, "b": "c d"}'; const refusal = "Error: User nobody not found";`)).toEqual([]);
  });

  test("Markdown outside code, quoted names and link targets", () => {
    expect(found("- The shelf\n    has somebody.", "a.md")).toEqual(["shelf", "somebody"]);
    expect(found("```ts\nshelf\n```\n\n    shelf\n\nA `shelf` and [a page](figures.md).", "a.md")).toEqual([]);
    expect(found("/** Returns `figures` of {@link shelf}. */")).toEqual([]);
  });

  test("comments, docstrings and messages of Python", () => {
    const text = 'def f():\n    """Returns x.\n\n    Nobody waits.\n    """\n    raise E("somebody took it")  # whoever\n';
    expect(findProse("a.py", text).map(({ line, found: word }) => `${line} ${word}`)).toEqual(["4 Nobody", "6 somebody", "6 whoever"]);
  });

  test("no line that gives a reason for an exception", () => {
    expect(found("// A shelf. prose-ok: the shop sells shelves")).toEqual([]);
    expect(found('throw new Error("somebody took it"); // prose-ok: quoted')).toEqual([]);
    expect(found("// A shelf. prose-ok:")).toEqual(["shelf"]);
    expect(found("// A shelf.\n// A tape. prose-ok: quoted")).toEqual(["shelf"]);
  });

  test("tools and prompts without their exact texts, and data not at all", () => {
    const text = '// nobody\nthrow new ToolError("somebody has it");';
    expect(found(text, "packages/domains/src/retail/tools/a.ts")).toEqual(["nobody"]);
    expect(found(text, "packages/domains/src/retail/tools/a.test.ts")).toEqual(["nobody", "somebody"]);
    expect(found(text, "packages/user-sim/src/user/guidelines.ts")).toEqual(["nobody"]);
    expect(found("throw new E(\"'dict' object has no attribute 'strip'\");")).toEqual([]);
    expect(found("nobody", "packages/domains/data/retail/policy.md")).toEqual([]);
  });
});

describe("check:prose looks at public functions", () => {
  test.each(["Returns a name.", "Creates it.", "Re-reads a file.", "Parses JSON."])("and takes '%s' for a verb", (text) => {
    expect(beginsWithVerb(text)).toBe(true);
  });

  test.each(["A name.", "True when it fits.", "Tools of a domain.", "This is a name.", "Process of a server.", "`x` with y."])(
    "and takes '%s' for no verb",
    (text) => expect(beginsWithVerb(text)).toBe(false),
  );

  test("and finds those of the packages", () => {
    const { publicFunctions } = checkPublicFunctions(fileURLToPath(new URL("..", import.meta.url)));
    expect(publicFunctions).toEqual(expect.arrayContaining(["defineDomain", "openAiModel", "passHatK"]));
    expect(publicFunctions).not.toContain("Environment");
  });
});
