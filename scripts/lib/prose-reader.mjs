// Reads the texts for people out of a file: comments and messages of code, Markdown outside code.
import ts from "typescript";

/** @typedef {{ kind: "doc" | "comment" | "string" | "text", text: string, line: number }} Prose */

/**
 * Returns comments and messages of TypeScript or JavaScript. Line comments on neighbouring lines are one text.
 * @param {string} text
 * @returns {Prose[]}
 */
export function readCode(text) {
  const source = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest, true);
  const lineAt = (/** @type {number} */ at) => source.getLineAndCharacterOfPosition(at).line + 1;
  /** @type {Map<number, ts.CommentRange>} */
  const comments = new Map();
  /** @type {Prose[]} */
  const strings = [];
  const visit = (/** @type {ts.Node} */ node) => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(source);
    // Only tokens have comments beside them; the inside of a template is text.
    if (children.length === 0 && !ts.isTemplateMiddleOrTemplateTail(node)) {
      const found = [...(ts.getLeadingCommentRanges(text, node.pos) ?? []), ...(ts.getTrailingCommentRanges(text, node.end) ?? [])];
      for (const range of found) comments.set(range.pos, range);
    }
    const message = messageOf(node, source);
    if (message !== undefined) strings.push({ kind: "string", text: message, line: lineAt(node.getStart(source)) });
    for (const child of children) visit(child);
  };
  visit(source);
  return [...readComments([...comments.values()], text, lineAt), ...strings];
}

/** @param {ts.CommentRange[]} ranges @param {string} text @param {(at: number) => number} lineAt @returns {Prose[]} */
function readComments(ranges, text, lineAt) {
  /** @type {(Prose & { last: number })[]} */
  const pieces = [];
  for (const { pos, end, kind } of ranges.toSorted((a, b) => a.pos - b.pos)) {
    const raw = text.slice(pos, end);
    const line = lineAt(pos);
    const before = pieces.at(-1);
    if (kind === ts.SyntaxKind.MultiLineCommentTrivia) {
      const doc = raw.startsWith("/**");
      const body = raw.slice(doc ? 3 : 2, -2).replaceAll(/^[^\S\n]*\* ?/gm, "");
      const start = body.search(/\S|$/);
      const skipped = body.slice(0, start).split("\n").length - 1;
      pieces.push({ kind: doc ? "doc" : "comment", text: body.slice(start), line: line + skipped, last: -1 });
    } else if (before?.last === line - 1) {
      before.text += `\n${raw.replace(/^\/\/ ?/, "")}`;
      before.last = line;
    } else {
      pieces.push({ kind: "comment", text: raw.replace(/^\/\/ ?/, ""), line, last: line });
    }
  }
  return pieces;
}

/**
 * Returns the text of a string literal that is a message: one with a blank between words. JSON and the
 * errors of tools are wire texts, which are exact.
 * @param {ts.Node} node
 * @param {ts.SourceFile} source
 */
function messageOf(node, source) {
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return undefined;
  if (ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent)) return undefined;
  const inner = node.getText(source).slice(1, -1).replaceAll("\\`", "`").replaceAll("\\n", "\n ").replaceAll("\\", " ");
  const words = ts.isTemplateExpression(node) ? inner.replaceAll(/\$\{[^{}]*\}/g, "``") : inner;
  return /[\p{L}`] [\p{L}`]/u.test(words) && !/^(Error: |\{"|\[")/.test(words) ? words : undefined;
}

/**
 * Returns the prose of a Markdown text, with its code left out.
 * @param {string} text
 * @returns {Prose[]}
 */
export function readMarkdown(text) {
  let fence = "";
  let code = false;
  let blankBefore = true;
  const lines = text.replaceAll(/<!--[\s\S]*?-->/g, (comment) => comment.replaceAll(/[^\n]/g, "")).split("\n");
  const prose = lines.map((line) => {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1]?.slice(0, 3) ?? "";
    if (mark !== "" && (fence === "" || fence === mark)) {
      fence = fence === "" ? mark : "";
      return "";
    }
    if (fence !== "") return "";
    // An indented line is code only after a blank line; else it continues a list or a paragraph.
    code = /^( {4}|\t)/.test(line) && (code || blankBefore);
    blankBefore = line.trim() === "";
    return code ? "" : line;
  });
  return [{ kind: "text", text: prose.join("\n"), line: 1 }];
}

/**
 * Returns comments, docstrings and messages of Python.
 * @param {string} text
 * @returns {Prose[]}
 */
export function readPython(text) {
  const tokens = /("""|''')([\s\S]*?)\1|#(?!!)([^\n]*)|"((?:\\.|[^"\\\n])*)"|'((?:\\.|[^'\\\n])*)'/g;
  /** @type {Prose[]} */
  const pieces = [];
  for (const { 0: whole, 2: docstring, 3: comment, 4: double, 5: single, index } of text.matchAll(tokens)) {
    const line = text.slice(0, index).split("\n").length;
    const alone = text.slice(text.lastIndexOf("\n", index) + 1, index).trim() === "";
    const message = double ?? single ?? whole;
    if (docstring !== undefined) pieces.push({ kind: alone ? "doc" : "string", text: docstring, line });
    else if (comment !== undefined) pieces.push({ kind: "comment", text: comment.trimStart(), line });
    else if (/\p{L} \p{L}/u.test(message)) pieces.push({ kind: "string", text: message, line });
  }
  return pieces;
}
