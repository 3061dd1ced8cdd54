import { isTau2Error, type ErrorCode, type JsonObject } from "@tau2/domains";
import { redactJson } from "@tau2/domains/internal";
import { HTTPException } from "hono/http-exception";
import { isServerError, ServerError, type ServerErrorCode } from "../core/server-error.ts";
import type { z } from "@hono/zod-openapi";
import { errorSchema } from "../wire/response-schemas.ts";
import type { SessionManager } from "../core/session-manager.ts";

/** Error response over HTTP. */
export interface ErrorResponse {
  status: number;
  headers: Record<string, string>;
  body: { error: { code: string; message: string } & JsonObject };
}

const statusByCode: Record<ServerErrorCode, number> = {
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
  storage_failed: 503,
  deadline: 504,
  storage_full: 507,
};

/** Statuses of all codes that clients can receive: codes of the server, and codes of other packages for wrong requests. */
const knownStatuses: Partial<Record<ErrorCode, number>> = { ...statusByCode, arguments: 422, protocol: 422, replay_mismatch: 422 };

/** Converts a thrown value to a response; null if it is a fault of the server. */
export function toClientError(thrown: unknown): ErrorResponse | null {
  if (thrown instanceof HTTPException) return toClientError(toServerError(thrown));
  if (!isTau2Error(thrown)) return null;
  const { code, message } = thrown;
  const details = isServerError(thrown) ? thrown.details : {};
  const status = knownStatuses[code];
  if (status !== undefined) return createErrorResponse(status, code, message, details);
  if (code === "model") return createErrorResponse(statusByCode.upstream_failed, "upstream_failed", message, details);
  return null;
}

/** Returns the response to a fault of the server. It does not reveal details. */
export function toInternalError(): ErrorResponse {
  return createErrorResponse(500, "internal", "the server failed because of a bug or fault; its log has the details", {});
}

function createErrorResponse(status: number, code: string, message: string, details: JsonObject): ErrorResponse {
  const { retry_after_s: retryAfter, allow } = details;
  const headers: Record<string, string> = typeof retryAfter === "number" ? { "retry-after": String(retryAfter) } : {};
  if (typeof allow === "string") headers["allow"] = allow;
  if (status === 401) headers["www-authenticate"] = 'Bearer realm="tau2"';
  return { status, headers, body: redactJson({ error: { code, message, ...details } }) };
}

function toServerError({ status, message }: HTTPException): ServerError {
  if (status === 415) return new ServerError("unsupported_media_type", "send JSON, with the header content-type: application/json");
  if (status === 413) return new ServerError("too_large", message);
  return new ServerError("invalid_json", `the body is not JSON: ${message}`);
}

/** A route's method and its path, in which `:name` matches any segment. */
interface Route {
  readonly method: string;
  readonly path: string;
}

/** Creates the error for a request that no route takes: another method than the path allows, or an unknown path. */
export function createRouteError({ method, path }: Route, routes: readonly Route[]): ServerError {
  const allowed = getAllowedMethods(routes, path);
  if (allowed.length === 0) return new ServerError("not_found", `no route ${method} ${path}; /docs lists all routes`);
  return new ServerError("method_not_allowed", `${path} allows ${allowed.join(", ")}, not ${method}`, { allow: allowed.join(", ") });
}

/** Returns the methods of a path; empty for an unknown path. A route with exactly this path precedes routes that match it. */
function getAllowedMethods(routes: readonly Route[], path: string): string[] {
  const own = routes.filter(({ method }) => method !== "ALL");
  const named = own.filter((route) => route.path === path);
  const chosen = named.length > 0 ? named : own.filter((route) => matchesPattern(route.path.split("/"), path.split("/")));
  const methods = new Set(chosen.map(({ method }) => method));
  return [...methods, ...(methods.has("GET") ? ["HEAD"] : [])];
}

function matchesPattern(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length && pattern.every((part, i) => part === segments[i] || (part.startsWith(":") && segments[i] !== ""))
  );
}

/** Describes a JSON response of a route. */
export function describeJson<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** Describes the JSON body of a request. */
export function describeBody<T extends z.ZodType>(schema: T, required = true) {
  return { required, content: { "application/json": { schema } } };
}

const meanings = {
  400: "not JSON",
  401: "the token is missing or wrong",
  404: "not found",
  409: "a step is running, the episode is over, or the session has too many snapshots",
  410: "the session has expired or was deleted",
  422: "JSON of the wrong shape, or a request that cannot be played",
  429: "the limit of sessions is reached; see Retry-After",
  502: "the counterpart or the judge failed",
  503: "the server is about to stop, or cannot store sessions; see Retry-After",
  504: "the deadline of the request has passed",
  507: "the disk of the server is full, and nothing has changed; see Retry-After",
} as const;

/** Describes the errors of a route. */
export function describeErrors<S extends keyof typeof meanings>(...statuses: S[]) {
  const entries = ([401, ...statuses] as const).map((status) => [status, describeJson(errorSchema, meanings[status])] as const);
  return Object.fromEntries(entries) as Record<S | 401, ReturnType<typeof describeJson<typeof errorSchema>>>;
}

/** Context of the routes. */
export interface RestContext {
  readonly sessions: SessionManager;
  /** Version of this package. */
  readonly version: string;
  /** Converts a thrown value to a response, and reports faults of the server. */
  toErrorResponse(thrown: unknown): ErrorResponse;
}
