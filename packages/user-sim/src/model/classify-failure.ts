import { isRecord, getErrorMessage, redactText } from "@tau2/domains/internal";
import { describeEndpoint, type Endpoint } from "./endpoint.ts";
import { describeProxy, type Proxy } from "./http/proxy.ts";
import { isModelError, ModelError, type ModelFault } from "./model-error.ts";

/** One failed attempt of a request. */
export interface Failure {
  error: ModelError;
  /** True if the same request may succeed a little later. */
  mayRetry: boolean;
  /** Milliseconds that the endpoint asks to wait; null if it does not say. */
  retryAfterMs: number | null;
}

const contextLimit =
  /context[ _-]?(length|window|size)|maximum context|too many (input )?tokens|prompt is too long|input is too long|exceeds? the (available )?context|max_model_len/i;

/** Quotes foreign text for an error message: on one line, cut after `limit` characters. */
export function quote(text: string, limit = 300): string {
  // Before the cut, which could leave the beginning of a key.
  const clean = redactText(text);
  const line = clean
    .slice(0, limit * 2)
    .replace(/\s+/g, " ")
    .trim();
  return `"${line.length > limit ? `${line.slice(0, limit)}…` : line}"${clean.length > limit * 2 ? ` (${clean.length} characters)` : ""}`;
}

/** Classifies an error of the client: an answer with an error status, or a broken connection. */
export function classifyFailure(thrown: unknown, endpoint: Endpoint, proxy: Proxy | null = null): Failure {
  if (isModelError(thrown)) return { error: thrown, mayRetry: thrown.fault === "transient", retryAfterMs: null };
  // The client wraps what its `fetch` throws.
  if (isRecord(thrown) && isModelError(thrown["cause"])) return classifyFailure(thrown["cause"], endpoint, proxy);
  const status = isRecord(thrown) && typeof thrown["status"] === "number" ? thrown["status"] : null;
  return status === null ? toConnectionFailure(thrown, endpoint, proxy) : toStatusFailure(status, thrown, endpoint, proxy);
}

function toStatusFailure(status: number, cause: unknown, endpoint: Endpoint, proxy: Proxy | null): Failure {
  const { reason, body } = readReason(cause);
  const outOfCredit = status === 429 && /insufficient_quota|exceeded your current quota/i.test(body);
  const fault = outOfCredit ? "configuration" : classifyStatus(status, body);
  const headers = isRecord(cause) && isHeaders(cause["headers"]) ? cause["headers"] : null;
  const hint = outOfCredit
    ? "The account does not have any credit left; see its billing page."
    : getStatusHint(status, fault, body, endpoint);
  const words = reason === "" ? "" : `: ${quote(reason)}`;
  const proxyHint = proxy && proxyStatuses.has(status) ? getProxyHint(status, proxy) : "";
  return {
    error: new ModelError(fault, `${describeEndpoint(endpoint)} answered with status ${status}${words}. ${hint}${proxyHint}`, {
      cause,
      status,
    }),
    mayRetry: fault === "transient" && headers?.get("x-should-retry") !== "false",
    retryAfterMs: parseRetryAfter(headers),
  };
}

/** Duck-typed, because a custom `fetch` may bring its own `Headers` class. */
function isHeaders(value: unknown): value is Headers {
  return isRecord(value) && typeof value["get"] === "function";
}

/** Finds the sentence in an error body, in the places where endpoints put it. Returns it with the whole body. */
function readReason(cause: unknown): { reason: string; body: string } {
  const answer = isRecord(cause) ? cause["error"] : undefined;
  if (!isRecord(answer)) {
    const text = getErrorMessage(cause).replace(/^\d{3} (status code \(no body\))?/, "");
    return { reason: text, body: text };
  }
  const body = JSON.stringify(answer);
  const places = [isRecord(answer["error"]) ? answer["error"]["message"] : answer["error"], answer["message"], answer["detail"]];
  return { reason: places.find((place) => typeof place === "string") ?? body, body };
}

function classifyStatus(status: number, body: string): ModelFault {
  if (status === 408 || status === 409 || status === 429 || status >= 500) return "transient";
  return contextLimit.test(body) ? "context" : "configuration";
}

function getStatusHint(status: number, fault: ModelFault, body: string, { model, hasKey, isDefault, advice }: Endpoint): string {
  if (fault === "context") {
    return "The conversation no longer fits into the model's context: use a model with a larger one, or fewer steps.";
  }
  if (status === 401 || status === 403) return hasKey ? `Check the key: ${advice.key}.` : `No key was sent; set ${advice.key}.`;
  if (isDefault && model.includes("/") && (status === 404 || /\bmodel\b/i.test(body))) return getPrefixHint(model);
  if (status === 404) return "Check the model's name and the base URL, which usually ends in /v1.";
  if (status === 429) return `Send fewer concurrent requests (${advice.concurrency}), or try again later.`;
  const temperature = /\btemperature\b/i.test(body) ? ` If it does not support \`temperature\`, ${advice.noTemperature}.` : "";
  return fault === "transient"
    ? "The endpoint is overloaded or broken; try again later."
    : `Check ${advice.parameters} and what the model supports.${temperature}`;
}

/** Prefixes of providers are LiteLLM's, and stay in the names of models at a LiteLLM proxy or OpenRouter. */
function getPrefixHint(model: string): string {
  const [prefix, ...name] = model.split("/");
  return prefix === "openai"
    ? `OpenAI's names of models do not have a prefix: write '${name.join("/")}' in place of '${model}'.`
    : `OpenAI does not have models with the prefix '${prefix}/': set the base URL of the endpoint that serves '${model}'.`;
}

const connectionHints = new Map([
  ["ECONNREFUSED", " Is the server running?"],
  ["ENOTFOUND", " Check the host name in the base URL."],
]);

/** Statuses that a proxy may answer in place of the endpoint. */
const proxyStatuses = new Set([403, 407, 502, 503, 504]);

function getProxyHint(status: number, proxy: Proxy): string {
  return status === 407
    ? ` ${capitalize(describeProxy(proxy))} wants a user name and a password: write them into ${proxy.variable}, like http://NAME:PASSWORD@HOST:PORT.`
    : ` The answer may be that of ${describeProxy(proxy)}; hosts in NO_PROXY are reached without it.`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function toConnectionFailure(thrown: unknown, endpoint: Endpoint, proxy: Proxy | null): Failure {
  const { code, text } = findInnermostError(thrown);
  const fail = (fault: ModelFault, words: string): Failure => {
    const error = new ModelError(fault, `${describeEndpoint(endpoint)} ${words}`, { cause: thrown });
    return { error, mayRetry: fault === "transient", retryAfterMs: null };
  };
  // The client reports a time limit inside a custom `fetch` with these words only.
  if (text === "Request timed out." || code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") {
    return fail("timeout", "did not answer within the time limit of `fetch` itself; pass a `fetch` with a longer limit");
  }
  if (/CERT|TLS|SSL|UNABLE_TO_VERIFY/.test(code)) {
    return fail("configuration", `cannot be trusted: ${text}. Check its certificate and the base URL.`);
  }
  if (proxy) {
    const refusal = /^Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(text)?.[1];
    const where = `cannot be reached through ${describeProxy(proxy)}`;
    if (refusal === undefined) {
      return fail("transient", `${where}, or hung up: ${text.replace(/\.$/, "")}. Hosts in NO_PROXY are reached without it.`);
    }
    const status = Number(refusal);
    return fail(
      status < 500 ? "configuration" : "transient",
      `${where}, which answered with status ${status}.${getProxyHint(status, proxy)}`,
    );
  }
  return fail("transient", `cannot be reached, or hung up: ${text.replace(/\.$/, "")}.${connectionHints.get(code) ?? ""}`);
}

/** Connection errors wrap the error of the socket several times. */
function findInnermostError(thrown: unknown): { code: string; text: string } {
  let found = { code: "", text: getErrorMessage(thrown) };
  for (let error = thrown, depth = 0; isRecord(error) && depth < 8; error = error["cause"], depth++) {
    if (typeof error["code"] === "string") found = { code: error["code"], text: getErrorMessage(error) || error["code"] };
  }
  return found;
}

/** Parses `retry-after-ms` or `retry-after` (seconds, or a date) into milliseconds. Returns null if neither can be read. */
export function parseRetryAfter(headers: Headers | null, now = Date.now()): number | null {
  const millis = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (Number.isFinite(millis)) return Math.max(0, millis);
  const text = headers?.get("retry-after") ?? "";
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
