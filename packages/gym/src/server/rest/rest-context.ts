import type { SessionManager } from "../core/sessions.ts";
import type { ErrorResponse } from "./error-answer.ts";

/** What the routes work with. */
export interface RestContext {
  readonly sessions: SessionManager;
  /** The answer for something thrown; what is a fault of the server itself is told to its owner. */
  answerFor(thrown: unknown): ErrorResponse;
}
