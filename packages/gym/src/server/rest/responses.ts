import { isTau2Error, type ErrorCode, type JsonObject } from "@tau2/domains";
import { HTTPException } from "hono/http-exception";
import { isServerError, ServerError, type ServerErrorCode } from "../core/server-error.ts";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "@hono/zod-openapi";
import { errorSchema } from "../wire/response-schemas.ts";
import type { SessionManager } from "../core/session-manager.ts";

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
  if (thrown instanceof HTTPException) return toClientError(toServerError(thrown));
  if (!isTau2Error(thrown)) return null;
  const { code, message } = thrown;
  const details = isServerError(thrown) ? thrown.details : {};
  const status = knownStatuses[code];
  if (status !== undefined) return createErrorResponse(status, code, message, details);
  if (code === "model") return createErrorResponse(statuses.upstream_failed, "upstream_failed", message, details);
  return null;
}

/** Returns the response to a fault of the server itself. The details stay in the server. */
export function toInternalError(): ErrorResponse {
  return createErrorResponse(500, "internal", "the server failed in a way it should not; its log says how", {});
}

function createErrorResponse(status: number, code: string, message: string, details: JsonObject): ErrorResponse {
  const { retry_after_s: retryAfter, allow } = details;
  const headers: Record<string, string> = typeof retryAfter === "number" ? { "retry-after": String(retryAfter) } : {};
  if (typeof allow === "string") headers["allow"] = allow;
  if (status === 401) headers["www-authenticate"] = 'Bearer realm="tau2"';
  return { status, headers, body: { error: { code, message, ...details } } };
}

function toServerError({ status, message }: HTTPException): ServerError {
  if (status === 415) return new ServerError("unsupported_media_type", "send JSON, with the header content-type: application/json");
  if (status === 413) return new ServerError("too_large", message);
  return new ServerError("invalid_json", `the body is not JSON: ${message}`);
}

/**
 * Responds with JSON. The framework would compare types of values with the schemas that describe them, and cannot express a schema of a part
 * of a value; that they fit is what the tests of the OpenAPI document see to.
 */
export function send(c: Pick<Context, "json">, value: object, status: ContentfulStatusCode = 200): never {
  return c.json(value, status) as never;
}

/** A body of JSON, for the description of a route. */
export function json<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** The body of a request. */
export function body<T extends z.ZodType>(schema: T, required = true) {
  return { required, content: { "application/json": { schema } } };
}

const meanings = {
  400: "not JSON",
  401: "the token is missing or wrong",
  404: "not found",
  409: "a step is under way, the episode is over, or there are too many snapshots",
  410: "the session has expired or was deleted",
  422: "JSON of the wrong shape, or something that cannot be played",
  429: "no room for another session; see Retry-After",
  502: "the counterpart or the judge failed",
  503: "the server is about to stop",
  504: "the deadline of the request is over",
} as const;

/** The errors that a route may answer with. */
export function errors<S extends keyof typeof meanings>(...codes: S[]) {
  const entries = ([401, ...codes] as const).map((status) => [status, json(errorSchema, meanings[status])] as const);
  return Object.fromEntries(entries) as Record<S | 401, ReturnType<typeof json<typeof errorSchema>>>;
}

/** Context of the routes. */
export interface RestContext {
  readonly sessions: SessionManager;
  /** Version of this package. */
  readonly version: string;
  /** Returns the response to an error; a fault of the server itself is reported to its owner. */
  toErrorResponse(thrown: unknown): ErrorResponse;
}
