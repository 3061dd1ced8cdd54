import { getErrorMessage } from "@tau2/domains/internal";
import { ServerError } from "./server-error.ts";

/** Deeper than any message needs, and shallow enough for everything that goes down into it. */
const DEEPEST = 200;

/** Reads JSON from outside. @throws ServerError `invalid_json` */
export function parseJson(text: string): unknown {
  requireShallow(text);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ServerError("invalid_json", `not JSON: ${getErrorMessage(cause)}`, {}, { cause });
  }
}

/** Limits the depth: endless nesting would overflow the stack of later code. @throws ServerError `invalid_json` */
export function requireShallow(text: string): void {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x5c: // backslash
        if (quoted) i++;
        break;
      case 0x22: // quote
        quoted = !quoted;
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (!quoted && ++depth > DEEPEST) throw new ServerError("invalid_json", `nested more than ${DEEPEST} deep`);
        break;
      case 0x5d: // ]
      case 0x7d: // }
        if (!quoted) depth--;
        break;
    }
  }
}
