// Finds banned constructions in comments, messages and Markdown.
import { longestSentence, proseExceptions, proseRules } from "./prose-rules.mjs";
import { readCode, readMarkdown, readPython } from "./prose-reader.mjs";

/** @typedef {{ line: number, text: string, found: string, rule: string, instead: string }} ProseHit */

/** One blank, or one line break with its indentation: sentences go over lines, but not over paragraphs. */
const gap = String.raw`(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)`;
const rules = proseRules.map((rule) => ({
  ...rule,
  pattern: new RegExp(rule.find.source.replaceAll(" ", gap), [...new Set(`${rule.find.flags}g`)].join("")),
}));

/**
 * Returns the hits in a file's text, in the order of its lines.
 * @param {string} file path in the repository, which decides how the text is read
 * @param {string} text
 * @returns {ProseHit[]}
 */
export function findProse(file, text) {
  const exceptions = proseExceptions.filter((exception) => exception.files.test(file));
  if (exceptions.some(({ strings }) => !strings)) return [];
  const pieces = file.endsWith(".md") ? readMarkdown(text) : file.endsWith(".py") ? readPython(text) : readCode(text);
  const excepted = new Set(text.split("\n").flatMap((line, i) => (/prose-ok: \S/.test(line) ? [i + 1] : [])));
  return pieces
    .filter(({ kind }) => kind !== "string" || exceptions.length === 0)
    .flatMap((piece) => check(file, piece))
    .filter(({ line }) => !excepted.has(line))
    .toSorted((a, b) => a.line - b.line);
}

/** @param {string} file @param {import("./prose-reader.mjs").Prose} prose @returns {ProseHit[]} */
function check(file, { kind, text, line }) {
  const plain = text.replaceAll(/`[^`]*`|\{@link [^}]*\}|\]\([^)\s]*\)/g, blank);
  const lineAt = (/** @type {number} */ at) => line + plain.slice(0, at).split("\n").length - 1;
  /** @type {(ProseHit & { from: number, to: number })[]} */
  const hits = [];
  for (const { name, pattern, instead, docStart, except } of rules) {
    if ((docStart && kind !== "doc") || except?.test(file)) continue;
    for (const match of plain.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length];
      // "What is …" at the start of a doc comment is one mistake, not two.
      if (hits.some((hit) => from < hit.to && hit.from < to)) continue;
      hits.push({ line: lineAt(from), text: excerpt(plain, from), found: oneLine(match[0]), rule: name, instead, from, to });
    }
  }
  return kind === "doc" ? [...hits, ...longSentences(plain, lineAt)] : hits;
}

/** @param {string} plain @param {(at: number) => number} lineAt @returns {ProseHit[]} */
function longSentences(plain, lineAt) {
  const examples = /@example[\s\S]*?(?=\n@|$(?![\s\S]))/g;
  const prose = plain.replaceAll(examples, (example) => example.replaceAll(/[^\n]/g, " "));
  return [...prose.matchAll(/(?:(?![.:!?]\s|\n[^\S\n]*\n|\n@|\n- )[\s\S])+/g)]
    .filter(([sentence]) => sentence.trim().split(/\s+/).length > longestSentence)
    .map((match) => ({
      line: lineAt(match.index + match[0].search(/\S/)),
      text: excerpt(plain, match.index + match[0].search(/\S/)),
      found: "a long sentence",
      rule: "long sentence",
      instead: `at most ${longestSentence} words, better 25`,
    }));
}

/** Returns a text of the same lines and length, in which no rule finds anything. @param {string} text */
function blank(text) {
  return text.replaceAll(/[^\n]/g, "`");
}

/** @param {string} text */
function oneLine(text) {
  return text.replaceAll(/`+/g, "``").replaceAll(/\s+/g, " ").trim();
}

/** @param {string} text @param {number} at */
function excerpt(text, at) {
  return oneLine(text.slice(Math.max(0, at - 40), at + 60));
}
