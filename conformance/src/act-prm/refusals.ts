import type { NewMessage } from "@tau2/gym/internal";

/** Matches our environment's refusal of arguments. */
const ours = /^Error: \w+: (argument|unknown argument)/;
const refusal = /^Error: /;

/** Matches the refusal of act-prm's gym for a value that is not a string: it distinguishes whole numbers by how they were written. */
const wholeOrNot = /^(Invalid action with error: )'(?:int|float)'( object has no attribute 'strip')$/;

/** A message's text as it is compared. */
export function comparableText(text: string): string {
  return text.replace(wholeOrNot, "$1number$2");
}

/** Returns true if two texts are refusals of the same arguments, in other words. */
export function sameRefusal(recorded: string, said: string): boolean {
  return recorded !== said && refusal.test(recorded) && ours.test(said);
}

/** Returns true if ours refuses arguments that the record shows as accepted. */
export function refusesMore(recorded: readonly NewMessage[], said: readonly NewMessage[]): boolean {
  return said.some((message, i) => {
    const other = recorded[i];
    return other !== undefined && ours.test(textOf(message)) && !refusal.test(textOf(other));
  });
}

/** The text of a message, wherever it stands. */
export function textOf(message: NewMessage | { content: string | null }): string {
  return "output" in message ? message.output : (message.content ?? "");
}
