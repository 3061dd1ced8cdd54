import { isRecord, getErrorMessage } from "@tau2/domains";
import type { Endpoint } from "./endpoint.ts";
import { ModelError, type ModelFault } from "./model-error.ts";

/** A request that failed once: the error, and what the endpoint asks about trying again. */
export interface Failure {
  error: ModelError;
  /** Whether the same request may succeed a little later. */
  mayRetry: boolean;
  /** Milliseconds that the endpoint asks to wait; null when it does not say. */
  retryAfterMs: number | null;
}

const contextWords =
  /context[ _-]?(length|window|size)|maximum context|too many (input )?tokens|prompt is too long|input is too long|exceeds? the (available )?context|max_model_len/i;

/** How an endpoint is called in error messages. */
export function nameOf({ baseUrl, model }: Pick<Endpoint, "baseUrl" | "model">): string {
  return `${baseUrl} (model '${model}')`;
}

/** Text of others inside an error message: in quotes, one line, cut. */
export function quoted(text: string, limit = 300): string {
  const line = text
    .slice(0, limit * 2)
    .replace(/\s+/g, " ")
    .trim();
  return `"${line.length > limit ? `${line.slice(0, limit)}…` : line}"${text.length > limit * 2 ? ` (${text.length} characters)` : ""}`;
}

/** Classifies what the client threw: a status with a body, or a connection that failed. */
export function classifyFailure(thrown: unknown, endpoint: Endpoint): Failure {
  if (thrown instanceof ModelError) return { error: thrown, mayRetry: thrown.fault === "transient", retryAfterMs: null };
  const status = isRecord(thrown) && typeof thrown["status"] === "number" ? thrown["status"] : null;
  return status === null ? connectionFailure(thrown, endpoint) : statusFailure(status, thrown, endpoint);
}

function statusFailure(status: number, cause: unknown, endpoint: Endpoint): Failure {
  const { said, all } = reasonIn(cause);
  const outOfCredit = status === 429 && /insufficient_quota|exceeded your current quota/i.test(all);
  const fault = outOfCredit ? "configuration" : classifyFault(status, all);
  const headers = isRecord(cause) && isHeaders(cause["headers"]) ? cause["headers"] : null;
  const hint = outOfCredit ? "The account has no credit left; see its billing page." : hintFor(status, fault, endpoint);
  const words = said === "" ? "" : `: ${quoted(said)}`;
  return {
    error: new ModelError(fault, `${nameOf(endpoint)} answered with status ${status}${words}. ${hint}`, { cause, status }),
    mayRetry: fault === "transient" && headers?.get("x-should-retry") !== "false",
    retryAfterMs: retryAfter(headers),
  };
}

/** Not only those of the global fetch. */
function isHeaders(value: unknown): value is Headers {
  return isRecord(value) && typeof value["get"] === "function";
}

/** What the endpoint said: the sentence in it, in the places where endpoints put it, and the answer as a whole. */
function reasonIn(cause: unknown): { said: string; all: string } {
  const answer = isRecord(cause) ? cause["error"] : undefined;
  if (!isRecord(answer)) {
    const text = getErrorMessage(cause).replace(/^\d{3} (status code \(no body\))?/, "");
    return { said: text, all: text };
  }
  const all = JSON.stringify(answer);
  const places = [isRecord(answer["error"]) ? answer["error"]["message"] : answer["error"], answer["message"], answer["detail"]];
  return { said: places.find((place) => typeof place === "string") ?? all, all };
}

function classifyFault(status: number, said: string): ModelFault {
  if (status === 408 || status === 409 || status === 429 || status >= 500) return "transient";
  return contextWords.test(said) ? "context" : "configuration";
}

function hintFor(status: number, fault: ModelFault, { hasKey, advice }: Endpoint): string {
  if (fault === "context") {
    return "The conversation no longer fits into the model's context: take a model with a larger one, or fewer steps.";
  }
  if (status === 401 || status === 403) return hasKey ? `Check the key: ${advice.key}.` : `No key was sent; it comes from ${advice.key}.`;
  if (status === 404) return "Check the model's name and the base URL, which usually ends in /v1.";
  if (status === 429) return `Ask for less at once (${advice.concurrency}), or later.`;
  return fault === "transient"
    ? "The endpoint is overloaded or broken; try again later."
    : `Check ${advice.parameters} and what the model supports.`;
}

const hints = new Map([
  ["ECONNREFUSED", " Is the server running?"],
  ["ENOTFOUND", " Check the host name in the base URL."],
]);

function connectionFailure(thrown: unknown, endpoint: Endpoint): Failure {
  const where = nameOf(endpoint);
  const { code, text } = innermost(thrown);
  const make = (fault: ModelFault, words: string): Failure => {
    return { error: new ModelError(fault, `${where} ${words}`, { cause: thrown }), mayRetry: fault === "transient", retryAfterMs: null };
  };
  // The client says only this much of a `fetch` that gave up by itself.
  if (text === "Request timed out." || code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") {
    return make("timeout", "gave no answer within the limit of fetch itself; give a `fetch` with another one");
  }
  if (/CERT|TLS|SSL|UNABLE_TO_VERIFY/.test(code)) {
    return make("configuration", `cannot be trusted: ${text}. Check its certificate and the base URL.`);
  }
  const hint = hints.get(code) ?? "";
  return make("transient", `cannot be reached, or hung up: ${text.replace(/\.$/, "")}.${hint}`);
}

/** Connection errors wrap what happened several times over. */
function innermost(thrown: unknown): { code: string; text: string } {
  let found = { code: "", text: getErrorMessage(thrown) };
  for (let error = thrown, depth = 0; isRecord(error) && depth < 8; error = error["cause"], depth++) {
    if (typeof error["code"] === "string") found = { code: error["code"], text: getErrorMessage(error) || error["code"] };
  }
  return found;
}

/** Milliseconds from `retry-after-ms` or `retry-after` (seconds, or a date). */
export function retryAfter(headers: Headers | null, now = Date.now()): number | null {
  const millis = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (Number.isFinite(millis)) return Math.max(0, millis);
  const text = headers?.get("retry-after") ?? "";
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
