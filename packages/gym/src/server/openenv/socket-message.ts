import { z } from "@hono/zod-openapi";
import { getErrorMessage } from "@tau2/domains/internal";
import type { JsonObject } from "@tau2/domains";
import { parseJson } from "../core/parse-json.ts";
import { describeIssues } from "../rest/requests.ts";
import type { ErrorResponse } from "../rest/error-response.ts";
import { openEnvActionSchema, type OpenEnvAction } from "./action.ts";
import { resetSchema } from "./connection.ts";

/** Message of a client over a WebSocket. */
export type SocketMessage =
  | { type: "reset"; data: z.output<typeof resetSchema> }
  | { type: "step"; data: OpenEnvAction }
  | { type: "state" }
  | { type: "close" }
  | { type: "mcp"; data: unknown };

/** Error codes of OpenEnv. After the last two the connection ends. */
export type SocketErrorCode =
  | "INVALID_JSON"
  | "UNKNOWN_TYPE"
  | "VALIDATION_ERROR"
  | "EXECUTION_ERROR"
  | "CAPACITY_REACHED"
  | "SESSION_ERROR";

/** Error message of the server. */
export interface ErrorMessage {
  type: "error";
  data: { message: string; code: SocketErrorCode } & JsonObject;
}

const types = ["reset", "step", "state", "close", "mcp"] as const;
const envelope = z.strictObject({ type: z.string(), data: z.unknown().optional() });

/** Parses a message, or returns its fault. */
export function parseSocketMessage(text: string): SocketMessage | ErrorMessage {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (thrown) {
    return errorFrame("INVALID_JSON", getErrorMessage(thrown));
  }
  const parsed = envelope.safeParse(value);
  if (!parsed.success) return invalid(parsed.error, "the message");
  const { type, data } = parsed.data;
  switch (type) {
    case "reset":
      return checked("reset", resetSchema, data ?? {});
    case "step":
      return checked("step", openEnvActionSchema, data);
    case "state":
    case "close":
      return { type };
    case "mcp":
      return { type, data };
    default:
      return errorFrame("UNKNOWN_TYPE", `unknown message type '${type.slice(0, 100)}'; known types are ${types.join(", ")}`);
  }
}

function checked(type: "reset" | "step", schema: z.ZodType, data: unknown): SocketMessage | ErrorMessage {
  const parsed = schema.safeParse(data);
  return parsed.success ? ({ type, data: parsed.data } as SocketMessage) : invalid(parsed.error, `the data of the ${type}`);
}

function invalid({ issues }: z.ZodError, what: string): ErrorMessage {
  const errors = issues.map(({ path, message }) => ({ path: path.map(String), message }));
  return errorFrame("VALIDATION_ERROR", `${what} is wrong: ${describeIssues(issues)}`, { errors });
}

function errorFrame(code: SocketErrorCode, message: string, details: JsonObject = {}): ErrorMessage {
  return { type: "error", data: { message, code, ...details } };
}

/** Converts an error to a message. `ends`: the connection cannot be used any more. */
export function toErrorMessage({ body }: ErrorResponse): { frame: ErrorMessage; ends: boolean } {
  const { code, message, ...details } = body.error;
  const known = codes[code] ?? "EXECUTION_ERROR";
  return {
    frame: errorFrame(known, message, { reason_code: code, ...details }),
    ends: known === "CAPACITY_REACHED" || known === "SESSION_ERROR",
  };
}

const codes: Readonly<Record<string, SocketErrorCode>> = {
  invalid: "VALIDATION_ERROR",
  not_found: "VALIDATION_ERROR",
  unsupported: "VALIDATION_ERROR",
  capacity: "CAPACITY_REACHED",
  gone: "SESSION_ERROR",
  draining: "SESSION_ERROR",
};
