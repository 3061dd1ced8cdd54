// Constructions that make prose hard to read, each with what to write instead (docs/contributing/prose.md).

/**
 * @typedef {object} ProseRule
 * @property {RegExp} find Matches the construction; the match is shown.
 * @property {string} instead What to write instead.
 * @property {boolean} [docStart] Looks only at the beginning of a doc comment.
 */

/** @type {readonly ProseRule[]} */
export const proseRules = [
  {
    find: /^(What|Who|Whom|Whose|Whether|Whoever|How|Where|So)\b/,
    docStart: true,
    instead: 'begin with a verb ("Returns …") or, for a type, with a noun ("Options of …")',
  },
  { find: /\b([Nn]obody|[Ss]omebody|[Ww]hoever|[Ww]homever|[Ww]hom)\b/, instead: "name the actor: the client, the model, the process" },
  { find: /\bone's own\b/, instead: "your own" },
  {
    find: /\b(is|are|was|were|has|have|had|takes|needs|gives|says|knows) (none|no)\b(?! longer)(?!-)/,
    instead: 'negate the verb: "does not have a key"',
  },
  { find: /\b[Ff]or (none|no one)\b/, instead: "say what is missing" },
  { find: /\b(what|who) (is|was|are|were|stays|comes|came) \w+/i, instead: 'name the thing: "the recorded messages"' },
  { find: /\bof no (weight|matter|use)\b/, instead: "say that it has no effect" },
  {
    find: /\b[Tt]he original('s)?\b(?! (text|order|file|error|value|price|payment|method|client|reservation|flight|item|python))/,
    instead: '"act-prm", or name the original of what',
  },
  { find: /\b[Tt]he reference('s)?\b/, instead: '"tau2-bench"' },
  { find: /\bat once\b/, instead: '"immediately", "synchronously" or "at the same time"' },
  { find: /\b(goes|go|went) on\b(?! (sale|to))/, instead: '"continues"' },
  { find: /\b(stands?|stood) (in|there|still|on|for)\b/, instead: '"is in", "represents"' },
  { find: /\bthe other side\b/i, instead: '"the counterpart"' },
  { find: /\b(is|are|was|were) told\b/, instead: '"receives", "is notified"' },
  { find: /\b(is|are|was|were) asked\b/, instead: '"is called", "receives a request"' },
  { find: /\bgives? (back|up|out)\b/, instead: '"returns", "cancels", "assigns"' },
  { find: /\b(seat|cast|shelf|standing|tape|figures|party|frame)s?\b/i, instead: "a standard term (docs/contributing/naming.md)" },
];

/** Words of a sentence in a doc comment above which it is too long. */
export const longestSentence = 40;

/** Texts that keep such a construction, by file, with the reason. */
export const proseExceptions = [
  { file: "docs/spec/", reason: "the specification keeps its own terms" },
  { file: "docs/contributing/", reason: "the rules quote what they forbid" },
  { file: "docs/decisions/", reason: "records stay as they were written" },
  { file: "scripts/lib/prose-rules.mjs", reason: "the rules themselves" },
  { file: "tests/prose.test.ts", reason: "the tests of the rules" },
  { file: "packages/domains/data/", reason: "policies and tasks speak to models" },
  { file: "packages/domains/scripts/", reason: "texts of tasks speak to models", strings: true },
  { file: "packages/domains/src/telecom/tasks/", reason: "texts of tasks speak to models", strings: true },
  { file: "packages/orchestrator/prompts/", reason: "prompts speak to models" },
  { file: "packages/user-sim/prompts/", reason: "prompts speak to models" },
  { file: "CHANGELOG.md", reason: "history" },
];
