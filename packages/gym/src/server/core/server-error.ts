import { Tau2Error, type JsonObject } from "@tau2/domains";

/** What a client did wrong, or what the server cannot do for it now. What each means on the wire stands in `rest/error-answer.ts`. */
export type ServerErrorCode =
  /** The body is not JSON, or nested too deeply. */
  | "invalid_json"
  /** JSON of the wrong shape; the message names the place. */
  | "invalid"
  /** What is asked for cannot be played here. */
  | "unsupported"
  | "unauthorized"
  /** The `Host` or the `Origin` of the request is not one that this server answers to. */
  | "forbidden"
  | "not_found"
  /** There is such a path, for other methods. */
  | "method_not_allowed"
  /** The session was there, and has expired or was deleted. */
  | "gone"
  /** A step of the session is under way. */
  | "busy"
  /** Nothing can be done in the episode any more. */
  | "episode_over"
  /** The session keeps as many snapshots as it can; waiting does not help. */
  | "too_many_snapshots"
  /** The request id was used for something else before. */
  | "request_id_reused"
  | "too_large"
  | "unsupported_media_type"
  /** There is no room for another session now. */
  | "capacity"
  /** The client gave up. */
  | "cancelled"
  /** The client's own time limit is over. */
  | "deadline"
  /** The other side of a new episode, or a judge, did not answer; see `class` and `retryable`. */
  | "upstream_failed"
  /** The server is about to stop. */
  | "draining";

/** Something that is told to a client. `details` stand beside code and message. */
export class ServerError extends Tau2Error<ServerErrorCode> {
  readonly details: JsonObject;

  constructor(code: ServerErrorCode, message: string, details: JsonObject = {}, options?: ErrorOptions) {
    super(code, message, options);
    this.name = "ServerError";
    this.details = details;
  }
}
