import { isTau2Error, Tau2Error, type ErrorCode, type JsonObject } from "@tau2/domains";

/** Code of an error that a client can receive. `ErrorCode` explains each; `rest/responses.ts` maps them to HTTP statuses. */
export type ServerErrorCode = Extract<
  ErrorCode,
  | "invalid_json"
  | "invalid"
  | "unsupported"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "gone"
  | "busy"
  | "episode_over"
  | "too_many_snapshots"
  | "request_id_reused"
  | "too_large"
  | "unsupported_media_type"
  | "capacity"
  | "cancelled"
  | "deadline"
  | "upstream_failed"
  | "draining"
  | "storage_full"
  | "storage_failed"
>;

/** Error that the server responds with. The response holds `details` beside code and message. */
export class ServerError extends Tau2Error<ServerErrorCode> {
  readonly details: JsonObject;

  constructor(code: ServerErrorCode, message: string, details: JsonObject = {}, options?: ErrorOptions) {
    super(code, message, options);
    this.name = "ServerError";
    this.details = details;
  }
}

/** Returns whether a value is a {@link ServerError}, also one of another copy of this package. */
export function isServerError(error: unknown): error is ServerError {
  return isTau2Error(error) && "details" in error;
}
