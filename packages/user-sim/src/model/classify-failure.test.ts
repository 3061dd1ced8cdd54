import { expect, test } from "vitest";
import { resolveEndpoint } from "./endpoint.ts";
import { classifyFailure, quote, parseRetryAfter } from "./classify-failure.ts";

const now = Date.parse("2025-01-01T00:00:00Z");
const asked = (headers: Record<string, string>) => parseRetryAfter(new Headers(headers), now);

test("Retry-After is read in seconds, in milliseconds and as a date", () => {
  expect(asked({ "retry-after": "2" })).toBe(2000);
  expect(asked({ "retry-after": "0.5" })).toBe(500);
  expect(asked({ "retry-after": "9", "retry-after-ms": "20" })).toBe(20);
  expect(asked({ "retry-after": "Wed, 01 Jan 2025 00:00:07 GMT" })).toBe(7000);
});

test("a past Retry-After date means 0 ms, and an unreadable one means null", () => {
  expect(asked({ "retry-after": "Tue, 31 Dec 2024 23:00:00 GMT" })).toBe(0);
  expect(asked({ "retry-after": "soon" })).toBeNull();
  expect(asked({})).toBeNull();
  expect(parseRetryAfter(null)).toBeNull();
});

test("quoted text is one line and cut at the limit", () => {
  expect(quote("a\n  b")).toBe('"a b"');
  expect(quote("x".repeat(50), 10)).toBe(`"${"x".repeat(10)}…" (50 characters)`);
});

test("a connection error is one sentence with a hint after it", () => {
  const endpoint = resolveEndpoint({ model: "m", baseUrl: "http://127.0.0.1:1/v1" }, {});
  const told = (cause: Error) => classifyFailure(new Error("Connection error.", { cause }), endpoint).error.message;
  expect(told(new Error("bad port"))).toBe("http://127.0.0.1:1/v1 (model 'm') cannot be reached, or hung up: Connection error.");
  const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
  expect(told(refused)).toMatch(/hung up: connect ECONNREFUSED 127\.0\.0\.1:1\. Is the server running\?$/);
});

test("a time limit inside a custom fetch is a timeout and is not retried", () => {
  const endpoint = resolveEndpoint({ model: "m", baseUrl: "http://127.0.0.1:1/v1" }, {});
  const headers = Object.assign(new Error("Headers Timeout Error"), { code: "UND_ERR_HEADERS_TIMEOUT" });
  for (const thrown of [new Error("Request timed out."), new TypeError("fetch failed", { cause: headers })]) {
    const { error, mayRetry } = classifyFailure(thrown, endpoint);
    expect({ fault: error.fault, mayRetry }).toEqual({ fault: "timeout", mayRetry: false });
    expect(error.message).toContain("`fetch`");
  }
});

const refuse = (model: string, status: number, message: string, options: object = {}) =>
  classifyFailure({ status, error: { error: { message } } }, resolveEndpoint({ model, apiKey: "k", ...options }, {})).error.message;

test.each([
  ["openai/gpt-4.1", 404, "The model `openai/gpt-4.1` does not exist", "write 'gpt-4.1'"],
  ["openai/gpt-4.1", 400, "invalid model ID", "write 'gpt-4.1'"],
  ["anthropic/claude", 404, "The model `anthropic/claude` does not exist", "set the base URL"],
])("at OpenAI, the refused model '%s' gets a hint about its prefix (%i)", (model, status, message, hint) => {
  expect(refuse(model, status, message)).toContain(hint);
  expect(refuse(model, status, message, { baseUrl: "http://127.0.0.1:1/v1" })).not.toContain("prefix");
});

test("a refused temperature gets a hint on how to leave it out", () => {
  const message = "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.";
  expect(refuse("o3", 400, message)).toContain("leave `temperature` out of the `parameters`");
  expect(refuse("o3", 400, message, { advice: { noTemperature: "use X" } })).toContain("use X");
});
