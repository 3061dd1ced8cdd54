import type { Sessions } from "../core/sessions.ts";
import type { ErrorAnswer } from "./error-answer.ts";

/** What the routes work with. */
export interface RestContext {
  readonly sessions: Sessions;
  /** The answer for something thrown; what is a fault of the server itself is told to its owner. */
  answerFor(thrown: unknown): ErrorAnswer;
}
