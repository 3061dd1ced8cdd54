import { describe, expect, test } from "vitest";
import { findProse } from "../scripts/lib/prose.mjs";

const found = (text: string, file = "a.ts") => findProse(file, text).map((hit) => hit.found);

describe("check:prose finds", () => {
  test.each([
    ["a doc comment that begins with a relative clause", "/** What a tool does. */", "/** Kind of a tool. */", "What"],
    ["an actor without a name", "// Nobody waits.", "// The client does not wait.", "Nobody"],
    ["a negated noun", "// There is none.\n// It has no key.", "// It does not have a key, and is no longer used.", "is none"],
    ["tau2-bench without its name", "/** As in the reference. */", "/** Returns a reference. */", "the reference"],
    ["private vocabulary", "/** Returns the figures. */", "/** Returns the metrics. */", "figures"],
    ["a subject that is a clause", "// What is left is thrown away.", "// The rest is thrown away.", "What"],
  ])("%s", (_, bad, good, word) => {
    expect(found(bad).join(" ")).toContain(word);
    expect(found(good)).toEqual([]);
  });

  test("a sentence that is too long, in doc comments", () => {
    const long = Array.from({ length: 45 }, () => "word").join(" ");
    expect(found(`/** Returns ${long}. */`)).toEqual(["a long sentence"]);
    expect(found(`/** Returns a word. ${"Short. ".repeat(45)} */`)).toEqual([]);
  });

  test("them in messages, Markdown and Python, and says in which line", () => {
    expect(found('throw new Error("somebody took it");')).toEqual(["somebody"]);
    expect(found("# Title\n\nThe shelf is full.", "a.md")).toEqual(["shelf"]);
    expect(findProse("a.md", "# Title\n\nThe shelf is full.")[0]?.line).toBe(3);
    expect(found("x = 1  # whoever comes", "a.py")).toEqual(["whoever"]);
  });
});

describe("check:prose passes over", () => {
  test("code, keys and short strings", () => {
    expect(found('const figures = shelf["standing"]; const frame = "tape";')).toEqual([]);
  });

  test("quoted names, fenced code and lines that give a reason", () => {
    expect(found("/** Returns `figures`. */")).toEqual([]);
    expect(found("```ts\nshelf\n```", "a.md")).toEqual([]);
    expect(found("// A shelf. prose-ok: the shop sells shelves")).toEqual([]);
  });
});
