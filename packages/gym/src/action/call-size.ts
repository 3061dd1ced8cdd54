import { Tau2Error } from "@tau2/domains";

/** Characters of a call in an action's text. tau2-bench does not limit them; a longer call would block the process while it is parsed. */
export const LONGEST_CALL = 200_000;

/** Names, values and signs of a call in an action's text. */
export const MOST_TOKENS = 5000;

/** Creates the error for a call that is too long. Its message goes to the model. */
export function createTooLongError(): Tau2Error {
  return new Tau2Error(
    "invalid",
    `Action is too long: a call may hold up to ${LONGEST_CALL} characters and ${MOST_TOKENS} names, values and signs`,
  );
}

/** Returns whether JSON text has more tokens than a call may hold. Stops at the limit, and at text that is not JSON. */
export function hasTooManyTokens(json: string): boolean {
  const token = /[\s,:]*(?:"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]|[^\s,:[\]{}"]+)/y;
  let count = 0;
  while (token.test(json)) if (++count > MOST_TOKENS) return true;
  return false;
}
