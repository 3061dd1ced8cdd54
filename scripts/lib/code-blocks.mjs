/**
 * @typedef {object} CodeBlock
 * @property {string} section the heading above it
 * @property {string} language
 * @property {boolean} runs it is marked `run`
 * @property {boolean} onlyCompiles it is marked `no-run`, in a doc comment: it needs a key, a server or a file
 * @property {string} code
 * @property {number} line of its fence, from 1
 */

/**
 * Returns the fenced code blocks of a Markdown text that name a language, in order.
 * @param {string} text
 * @returns {CodeBlock[]}
 */
export function getCodeBlocks(text) {
  return [...text.matchAll(/^```(\w+)(?: (run|no-run))?\n([\s\S]*?)^```$/gm)].map((match) => {
    const before = text.slice(0, match.index);
    return {
      section:
        before
          .match(/^## .*$/gm)
          ?.at(-1)
          ?.slice(3) ?? "",
      language: match[1] ?? "",
      runs: match[2] === "run",
      onlyCompiles: match[2] === "no-run",
      code: match[3] ?? "",
      line: before.split("\n").length,
    };
  });
}
