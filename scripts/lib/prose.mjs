// Finds banned constructions in comments, messages and Markdown.
import ts from "typescript";
import { longestSentence, proseExceptions, proseRules } from "./prose-rules.mjs";

/** @typedef {{ line: number, text: string, found: string, instead: string }} ProseHit */
/** @typedef {{ kind: "doc" | "comment" | "string" | "text", text: string, line: number }} Prose */

/**
 * Returns the hits in a file's text.
 * @param {string} file path in the repository, which decides how the text is read
 * @param {string} text
 * @returns {ProseHit[]}
 */
export function findProse(file, text) {
  const exceptions = proseExceptions.filter((exception) => file.includes(exception.file));
  if (exceptions.some(({ strings }) => !strings)) return [];
  const pieces = file.endsWith(".md") ? readMarkdown(text) : file.endsWith(".py") ? readPython(text) : readCode(text);
  const kept = exceptions.length > 0 ? pieces.filter(({ kind }) => kind !== "string") : pieces;
  return kept.filter(({ text: piece }) => !piece.includes("prose-ok")).flatMap(check);
}

/** @param {Prose} prose @returns {ProseHit[]} */
function check({ kind, text, line }) {
  const plain = text.replaceAll(/`[^`]*`/g, "``").replaceAll(/\{@link [^}]*\}/g, "``");
  const hits = proseRules.flatMap(({ find, instead, docStart }) => {
    if (docStart && kind !== "doc") return [];
    const match = find.exec(plain);
    if (!match) return [];
    const before = plain.slice(0, match.index).split("\n").length - 1;
    return [{ line: line + before, text: excerpt(plain, match.index), found: match[0], instead }];
  });
  if (kind !== "doc") return hits;
  const long = plain
    .replace(/@example[\s\S]*/, "")
    .split(/(?<=[.;:!?])\s|\n\s*\n|@\w+|\n- /)
    .find((sentence) => sentence.trim().split(/\s+/).length > longestSentence);
  return long
    ? [...hits, { line, text: excerpt(long, 0), found: "a long sentence", instead: `at most ${longestSentence} words, better 25` }]
    : hits;
}

/** @param {string} text @param {number} at */
function excerpt(text, at) {
  return text
    .slice(Math.max(0, at - 40), at + 60)
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** @param {string} text @returns {Prose[]} */
function readCode(text) {
  const source = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest, true);
  /** @type {Prose[]} */
  const pieces = [];
  /** @type {Set<number>} */
  const seen = new Set();
  const lineAt = (/** @type {number} */ position) => source.getLineAndCharacterOfPosition(position).line + 1;
  const comments = (/** @type {readonly ts.CommentRange[] | undefined} */ ranges) => {
    for (const { pos, end } of ranges ?? []) {
      if (seen.has(pos)) continue;
      seen.add(pos);
      const raw = text.slice(pos, end);
      const doc = raw.startsWith("/**");
      const body = doc ? raw.slice(3, -2).replaceAll(/^[^\S\n]*\* ?/gm, "") : raw.replace(/^\/\/ ?|^\/\*|\*\/$/g, "");
      pieces.push({ kind: doc ? "doc" : "comment", text: body.trimStart(), line: lineAt(pos) });
    }
  };
  const visit = (/** @type {ts.Node} */ node) => {
    comments(ts.getLeadingCommentRanges(text, node.pos));
    comments(ts.getTrailingCommentRanges(text, node.end));
    if (isMessage(node)) pieces.push({ kind: "string", text: node.getText(source), line: lineAt(node.getStart(source)) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  comments(ts.getLeadingCommentRanges(text, source.endOfFileToken.pos));
  return pieces;
}

/** Whether a node is a text for people: a string with a blank in it. @param {ts.Node} node */
function isMessage(node) {
  return (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && /\w \w/.test(node.getText());
}

/** @param {string} text @returns {Prose[]} */
function readMarkdown(text) {
  let fenced = false;
  return text.split("\n").flatMap((line, i) => {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    return fenced || /^( {4}|\t)/.test(line) ? [] : [{ kind: /** @type {const} */ ("text"), text: line, line: i + 1 }];
  });
}

/** @param {string} text @returns {Prose[]} */
function readPython(text) {
  return text.split("\n").flatMap((line, i) => {
    const comment = /(?:^|\s)#(?!!)(.*)$|"""(.*)/.exec(line);
    return comment ? [{ kind: /** @type {const} */ ("comment"), text: comment[1] ?? comment[2] ?? "", line: i + 1 }] : [];
  });
}
