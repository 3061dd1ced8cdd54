import { isTau2Error, type ErrorCode, type JsonObject } from "@tau2/domains";
import { HTTPException } from "hono/http-exception";
import { isServerError, ServerError, type ServerErrorCode } from "../core/server-error.ts";

/** An error as it goes out over HTTP. */
export interface ErrorResponse {
  status: number;
  headers: Record<string, string>;
  body: { error: { code: string; message: string } & JsonObject };
}

const statuses: Record<ServerErrorCode, number> = {
  invalid_json: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  busy: 409,
  episode_over: 409,
  too_many_snapshots: 409,
  gone: 410,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  unsupported: 422,
  request_id_reused: 422,
  capacity: 429,
  // The client has disconnected, so the response is not read.
  cancelled: 499,
  upstream_failed: 502,
  draining: 503,
  deadline: 504,
};

/** Statuses of all codes that clients see: those of the server, and those of the packages below that say what a client did wrong. */
const knownStatuses: Partial<Record<ErrorCode, number>> = { ...statuses, arguments: 422, protocol: 422, replay_mismatch: 422 };

/** The one place where something thrown becomes an answer. Null: it is a fault of the server. */
export function toClientError(thrown: unknown): ErrorResponse | null {
  if (thrown instanceof HTTPException) return toClientError(ofFramework(thrown));
  if (!isTau2Error(thrown)) return null;
  const { code, message } = thrown;
  const details = isServerError(thrown) ? thrown.details : {};
  const status = knownStatuses[code];
  if (status !== undefined) return answer(status, code, message, details);
  if (code === "model") return answer(statuses.upstream_failed, "upstream_failed", message, details);
  return null;
}

/** Returns the response to a fault of the server itself. The details stay in the server. */
export function toInternalError(): ErrorResponse {
  return answer(500, "internal", "the server failed in a way it should not; its log says how", {});
}

function answer(status: number, code: string, message: string, details: JsonObject): ErrorResponse {
  const { retry_after_s: retryAfter, allow } = details;
  const headers: Record<string, string> = typeof retryAfter === "number" ? { "retry-after": String(retryAfter) } : {};
  if (typeof allow === "string") headers["allow"] = allow;
  if (status === 401) headers["www-authenticate"] = 'Bearer realm="tau2"';
  return { status, headers, body: { error: { code, message, ...details } } };
}

function ofFramework({ status, message }: HTTPException): ServerError {
  if (status === 415) return new ServerError("unsupported_media_type", "send JSON, with the header content-type: application/json");
  if (status === 413) return new ServerError("too_large", message);
  return new ServerError("invalid_json", `the body is not JSON: ${message}`);
}
