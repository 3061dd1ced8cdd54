import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "@hono/zod-openapi";
import { errorAnswerSchema } from "../wire/response-schemas.ts";
import type { SessionManager } from "../core/session-manager.ts";
import type { ErrorResponse } from "./error-response.ts";

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
export function errors<S extends keyof typeof meanings>(...statuses: S[]) {
  const entries = ([401, ...statuses] as const).map((status) => [status, json(errorAnswerSchema, meanings[status])] as const);
  return Object.fromEntries(entries) as Record<S | 401, ReturnType<typeof json<typeof errorAnswerSchema>>>;
}

/** Context of the routes. */
export interface RestContext {
  readonly sessions: SessionManager;
  /** Returns the response to an error; a fault of the server itself is reported to its owner. */
  answerFor(thrown: unknown): ErrorResponse;
}
