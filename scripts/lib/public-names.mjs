// Finds the names that users can import, and where the documentation shows them.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { createProgram, isForUsers, readEntries } from "./public-functions.mjs";

/** Markdown for users: not what tau2-bench does (`spec`), not our history and habits. */
const notForUsers = /^docs\/(?:spec|decisions|contributing)\/|CHANGELOG\.md$/;

/**
 * Returns the public names of every entry, with those that no page, README, example or `@example` of another name shows.
 * Entries that only our packages import are left out.
 * @param {string} root folder of the repository
 * @returns {{ entry: string, names: string[], unused: string[] }[]}
 */
export function listPublicNames(root) {
  const all = readEntries(root);
  const entries = [...all].filter(([entry]) => isForUsers(entry));
  const program = createProgram(
    all,
    entries.map(([, file]) => file),
  );
  const checker = program.getTypeChecker();
  const shown = readShownWords(root);
  /** Names by a word in their `@example`. @type {Map<string, Set<string>>} */
  const examples = new Map();
  const lists = entries.map(([entry, file]) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const symbols = module ? checker.getExportsOfModule(module) : [];
    for (const symbol of symbols) {
      const declared = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      for (const text of getExamples(declared, checker)) {
        for (const word of words(text)) examples.set(word, (examples.get(word) ?? new Set()).add(symbol.name));
      }
    }
    return { entry, names: symbols.map(({ name }) => name) };
  });
  const isShown = (/** @type {string} */ name) => shown.has(name) || [...(examples.get(name) ?? [])].some((other) => other !== name);
  return lists.map((list) => ({ ...list, unused: list.names.filter((name) => !isShown(name)) }));
}

/** Returns the examples of a symbol and its members. @param {ts.Symbol} symbol @param {ts.TypeChecker} checker @returns {string[]} */
function getExamples(symbol, checker) {
  return [symbol, ...(symbol.members?.values() ?? [])].flatMap((each) =>
    each
      .getJsDocTags(checker)
      .filter(({ name }) => name === "example")
      .map(({ text }) => ts.displayPartsToString(text)),
  );
}

/** Returns all words in the examples and in the code of Markdown for users. @param {string} root @returns {Set<string>} */
function readShownWords(root) {
  const files = execFileSync("git", ["ls-files", "-z", "*.md", "examples"], { cwd: root, encoding: "utf8" }).split("\0");
  return new Set(
    files.flatMap((file) => {
      if (/\.m?[jt]s$/.test(file)) return words(readFileSync(join(root, file), "utf8"));
      if (!/^docs\/|(?:^|\/)README\.md$/.test(file) || notForUsers.test(file)) return [];
      const code = readFileSync(join(root, file), "utf8").match(/^```[\s\S]*?^```$|`[^`\n]+`/gm) ?? [];
      return code.flatMap(words);
    }),
  );
}

/** @param {string} text @returns {string[]} */
function words(text) {
  return text.match(/[\w$]+/g) ?? [];
}
