/**
 * Turns a scenario, which tells the customer about themselves ("You want to cancel your flight."), into what the customer says
 * ("I want to cancel my flight."). A handful of rules for plain sentences, not grammar: it serves users that have no model.
 */
export function firstPerson(text: string): string {
  return rules.reduce((spoken, [pattern, to]) => spoken.replace(pattern, (found: string) => matchCase(found, to)), text);
}

// "me" after a word that takes an object, unless the words that follow show "you" to be a subject ("because of what you have").
const objectBefore =
  "to|for|with|from|by|at|on|about|of|give|gives|tell|tells|ask|asks|offer|offers|help|helps|let|lets|charge|charged|send|sends|refund|contact";

const rules: readonly (readonly [RegExp, string])[] = [
  [/\byou(?:'|’)re\b/gi, "I'm"],
  [/\byou(?:'|’)ve\b/gi, "I've"],
  [/\byou(?:'|’)d\b/gi, "I'd"],
  [/\byou(?:'|’)ll\b/gi, "I'll"],
  [/\bare you\b/gi, "am I"],
  [/\bwere you\b/gi, "was I"],
  [/\byou are\b/gi, "I am"],
  [/\byou were\b/gi, "I was"],
  [/\byourself\b/gi, "myself"],
  [/\byours\b/gi, "mine"],
  [/\byour\b/gi, "my"],
  [new RegExp(`(?<=\\b(?:${objectBefore}) )you\\b`, "gi"), "me"],
  [/\byou(?=\s*(?:[.,;:!?)]|$))/gi, "me"],
  [/\byou\b/gi, "I"],
];

function matchCase(found: string, to: string): string {
  return /^[A-Z]/.test(found) ? to.charAt(0).toUpperCase() + to.slice(1) : to;
}
