// Looks at the doc comments of the functions that users can import.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { proseRules } from "./prose-rules.mjs";

/** Words in "s" with which a doc comment may begin, but which are not verbs in the third person. */
const notVerbs = new Set(
  "across always as besides does facts has helpers inputs is its names numbers options others outputs plus results rules settings tasks texts this thus tools types unless us values was words".split(
    " ",
  ),
);

/** @typedef {{ file: string, line: number, text: string, found: string, rule: string, instead: string }} FunctionHit */

/**
 * Tells whether the text of a doc comment begins with a verb in the third person, such as "Returns".
 * @param {string} text
 */
export function beginsWithVerb(text) {
  const word = /^[A-Z][a-z]+(?:-[a-z]+)*/.exec(text.trimStart())?.[0] ?? "";
  return /[^s]s$/.test(word) && !notVerbs.has(word.toLowerCase());
}

/**
 * Returns the public functions of the packages whose doc comment begins without a verb, and those with options that lack an example.
 * @param {string} root folder of the repository
 * @returns {{ publicFunctions: string[], withoutVerb: FunctionHit[], withoutExample: FunctionHit[] }}
 */
export function checkPublicFunctions(root) {
  const entries = readEntries(root);
  const program = createProgram(entries, [...entries.values()]);
  const checker = program.getTypeChecker();
  /** @type {Set<ts.Symbol>} */
  const symbols = new Set();
  /** Those of the other entries are for our packages, which know them. @type {Set<ts.Symbol>} */
  const forUsers = new Set();
  for (const [entry, file] of entries) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (!module) continue;
    for (const name of checker.getExportsOfModule(module)) {
      const symbol = name.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(name) : name;
      symbols.add(symbol);
      if (isForUsers(entry)) forUsers.add(symbol);
    }
  }
  /** @type {string[]} */
  const publicFunctions = [];
  /** @type {FunctionHit[]} */
  const withoutVerb = [];
  /** @type {FunctionHit[]} */
  const withoutExample = [];
  for (const symbol of symbols) {
    const signatures = (symbol.declarations ?? []).flatMap((declaration) => functionIn(declaration) ?? []);
    const [declaration] = symbol.declarations ?? [];
    if (signatures.length === 0 || !declaration) continue;
    publicFunctions.push(symbol.name);
    const source = declaration.getSourceFile();
    const file = relative(root, source.fileName).replaceAll("\\", "/");
    const line = source.getLineAndCharacterOfPosition(declaration.getStart(source)).line + 1;
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
    // Clauses ("What …") are a rule of their own.
    if (text !== "" && !beginsWithVerb(text) && !proseRules.some(({ docStart, find }) => docStart && find.test(text))) {
      withoutVerb.push({
        file,
        line,
        text: text.slice(0, 70).replaceAll(/\s+/g, " "),
        found: `${symbol.name} begins with "${text.trimStart().split(/\s/)[0]}"`,
        rule: "function without a verb",
        instead: 'begin with a verb in the third person: "Returns …", "Creates …"',
      });
    }
    const examples = symbol.getJsDocTags(checker).filter(({ name }) => name === "example");
    if (forUsers.has(symbol) && signatures.some(takesOptions) && examples.length === 0) {
      withoutExample.push({
        file,
        line,
        text: symbol.name,
        found: `${symbol.name} takes options but lacks an @example`,
        rule: "function without an example",
        instead: "show in an `@example` why one would call it",
      });
    }
  }
  return { publicFunctions, withoutVerb, withoutExample };
}

/** @param {ts.Node} declaration @returns {ts.SignatureDeclaration | undefined} */
function functionIn(declaration) {
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value : undefined;
}

/** @param {ts.SignatureDeclaration} signature */
function takesOptions({ parameters }) {
  return parameters.some(({ name, type }) => {
    const named = ts.isIdentifier(name) && /^(options|settings)$/.test(name.text);
    const inline = ts.isObjectBindingPattern(name) && type !== undefined && ts.isTypeLiteralNode(type);
    return named || inline || (type !== undefined && /Options\b/.test(type.getText()));
  });
}

/** Tells whether an entry is public. `internal` and `defaults` are for our own packages. @param {string} entry */
export function isForUsers(entry) {
  return !/\/(?:internal|defaults)$/.test(entry);
}

/** Returns the source of every entry by its name. @param {string} root @returns {Map<string, string>} */
export function readEntries(root) {
  const packages = join(root, "packages");
  /** @type {Map<string, string>} */
  const entries = new Map();
  for (const folder of readdirSync(packages)) {
    if (!existsSync(join(packages, folder, "package.json"))) continue;
    const manifest = /** @type {{ name: string, exports: Record<string, unknown> }} */ (
      JSON.parse(readFileSync(join(packages, folder, "package.json"), "utf8"))
    );
    for (const [entry, target] of Object.entries(manifest.exports)) {
      const source = /** @type {{ "@tau2/source"?: string }} */ (target)["@tau2/source"];
      if (source) entries.set(join(manifest.name, entry).replaceAll("\\", "/"), join(packages, folder, source));
    }
  }
  return entries;
}

/** Creates a program of our sources alone: names do not depend on types, so it takes a second. @param {Map<string, string>} entries @param {string[]} files */
export function createProgram(entries, files) {
  /** @type {ts.CompilerOptions} */
  const options = { noLib: true, noEmit: true, types: [], allowImportingTsExtensions: true, module: ts.ModuleKind.ESNext };
  const host = ts.createCompilerHost(options, true);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => {
      const path = text.startsWith(".") ? resolve(dirname(from), text).replace(/\.js$/, ".ts") : entries.get(text);
      return { resolvedModule: path && existsSync(path) ? { resolvedFileName: path, extension: ts.Extension.Ts } : undefined };
    });
  return ts.createProgram(files, options, host);
}
