// Constructions that make prose hard to read, each with what to write instead (docs/contributing/prose.md).
// A blank in a pattern also matches a line break. Every rule has a case in tests/prose.test.ts.

/**
 * @typedef {object} ProseRule
 * @property {string} name Shown in the summary.
 * @property {RegExp} find Matches the construction; the match is shown.
 * @property {string} instead What to write instead.
 * @property {boolean} [docStart] Looks only at the beginning of a doc comment.
 * @property {RegExp} [except] Files in which the words have their plain meaning.
 */

/** @type {readonly ProseRule[]} */
export const proseRules = [
  {
    name: "doc comment begins with a clause",
    find: /^(What|Who|Whom|Whose|Whether|Whoever|How|Where|So)\b/,
    docStart: true,
    instead: 'begin with a verb ("Returns …") or, for a type, with a noun ("Options of …")',
  },
  {
    name: "actor without a name",
    find: /\b(nobody|somebody|whoever|whomever|whom)\b/i,
    instead: "name the actor: the client, the model, the process",
  },
  { name: "one's own", find: /\bone's own\b/i, instead: '"your own", or name the owner' },
  {
    name: "negated noun",
    find: /\b(is|are|was|were|has|have|had|takes|needs|gives|says|knows) (none|no)\b(?! (longer|more|less|fewer|effect|attribute|matter what)|-)/,
    instead: 'negate the verb: "does not have a key", "there isn\'t one"',
  },
  { name: "for none", find: /\bfor (none|no one)\b/i, instead: "say what is missing" },
  {
    name: "clause in place of a noun",
    // "says what is wrong" is plain English, and so is a question.
    find: /\bwhat (comes?|came|stays?|stayed) \w+|\bwho (is|was|are|were|comes|came) \w+(?![^.!]*\?)|\bwhat (is|was|are|were) (?!(wrong|missing|left|expected|allowed|meant)\b)\w+(?![^.!]*\?)|(?:^|[.!?] )What (is|was) (wrong|missing|left|expected|allowed|meant)\b(?![^.!]*\?)/i,
    instead: 'name the thing: "the recorded messages"',
  },
  { name: "of no weight", find: /\bof no (weight|matter|use)\b/, instead: "say that it has no effect" },
  { name: "as good as", find: /\bas good as\b/i, instead: 'say how they compare: "ties count as improvements", "almost"' },
  {
    name: "the original",
    find: /\bthe original('s)?\b(?! (text|order|file|error|value|price|payment|method|client|reservation|flight|item|one|python|[a-z]+ (error|value|text|order|file)))/i,
    instead: '"act-prm", or name the original of what',
  },
  { name: "the reference", find: /\bthe reference('s)?\b(?! (to|of|count|implementation of)\b)/i, instead: '"tau2-bench"' },
  { name: "at once", find: /\bat once\b/, instead: '"immediately", "synchronously" or "at the same time"' },
  { name: "goes on", find: /\b(goes|go|went) on\b(?! (sale|to))/, instead: '"continues"' },
  { name: "stands in", find: /\b(stands?|stood) (in|there|still|on|for)\b/, instead: '"is in", "represents"' },
  { name: "the other side", find: /\bthe other side\b/i, instead: '"the counterpart"' },
  { name: "is told", find: /\b(is|are|was|were) told\b(?! apart)/, instead: '"receives", "is notified"' },
  { name: "is asked", find: /\b(is|are|was|were) asked\b/, instead: '"is called", "receives a request"' },
  { name: "gives up", find: /\bgives? (back|out|up(?! waiting))\b/, instead: '"returns", "cancels", "assigns"' },
  {
    name: "private vocabulary",
    find: /\b(cast(?! (to|from)\b)|casts|shelf|shelves|standing|tapes?|figures?(?! out\b)|(?<!third(?:-| ))party|(?<!(?:time|WebSocket|data|stack) )frames?)\b(?!-)/i,
    instead: "a standard term (docs/contributing/naming.md)",
  },
  {
    name: "private vocabulary: seat",
    find: /\bseats?\b/i,
    // Airlines sell seats, and a scripted customer asks for one.
    except: /airline|user\/scripted-user\.test\.ts$/,
    instead: '"role", "connection" (docs/contributing/naming.md)',
  },
];

/** Words of a sentence in a doc comment above which it is too long. */
export const longestSentence = 40;

/**
 * Files that are left out, as a whole or only their strings, with the reason.
 * @type {readonly { files: RegExp, reason: string, strings?: boolean }[]}
 */
export const proseExceptions = [
  { files: /^docs\/spec\//, reason: "the specification keeps its own terms" },
  { files: /^docs\/contributing\//, reason: "the rules quote what they forbid" },
  { files: /^docs\/decisions\/00(0\d|10)-/, reason: "records stay as they were written" },
  { files: /^(scripts\/lib\/prose-rules\.mjs|tests\/prose\.test\.ts)$/, reason: "the rules and their tests quote what they forbid" },
  { files: /^packages\/[^/]+\/(data|prompts)\//, reason: "policies, tasks and prompts speak to models" },
  { files: /(^|\/)CHANGELOG\.md$/, reason: "history" },
  { files: /^packages\/domains\/scripts\//, strings: true, reason: "texts of tasks speak to models" },
  { files: /^packages\/domains\/src\/telecom\/tasks\//, strings: true, reason: "texts of tasks speak to models" },
  {
    files: /^packages\/domains\/src\/([^/]+\/tools|telecom\/phone)\/(?!.*\.test\.ts)/,
    strings: true,
    reason: "results and errors of tools are exact",
  },
  {
    files:
      /^packages\/(domains\/src\/core\/(tool\/)?common-tools|user-sim\/src\/user\/guidelines|orchestrator\/src\/prompts|gym\/src\/training\/system-prompt)\.ts$/,
    strings: true,
    reason: "prompts and descriptions speak to models; another wording would change behaviour",
  },
];
