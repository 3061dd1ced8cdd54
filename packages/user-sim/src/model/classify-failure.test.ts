import { expect, test } from "vitest";
import { resolveEndpoint } from "./endpoint.ts";
import { classifyFailure, quote, parseRetryAfter } from "./classify-failure.ts";

const now = Date.parse("2025-01-01T00:00:00Z");
const asked = (headers: Record<string, string>) => parseRetryAfter(new Headers(headers), now);

test("Retry-After in seconds, in milliseconds and as a date", () => {
  expect(asked({ "retry-after": "2" })).toBe(2000);
  expect(asked({ "retry-after": "0.5" })).toBe(500);
  expect(asked({ "retry-after": "9", "retry-after-ms": "20" })).toBe(20);
  expect(asked({ "retry-after": "Wed, 01 Jan 2025 00:00:07 GMT" })).toBe(7000);
});

test("a date that has passed means now; nonsense means nothing was asked", () => {
  expect(asked({ "retry-after": "Tue, 31 Dec 2024 23:00:00 GMT" })).toBe(0);
  expect(asked({ "retry-after": "soon" })).toBeNull();
  expect(asked({})).toBeNull();
  expect(parseRetryAfter(null)).toBeNull();
});

test("quote text is one line and cut", () => {
  expect(quote("a\n  b")).toBe('"a b"');
  expect(quote("x".repeat(50), 10)).toBe(`"${"x".repeat(10)}…" (50 characters)`);
});

test("what happened to a connection is told in one sentence, with the hint after it", () => {
  const endpoint = resolveEndpoint({ model: "m", baseUrl: "http://127.0.0.1:1/v1" }, {});
  const told = (cause: Error) => classifyFailure(new Error("Connection error.", { cause }), endpoint).error.message;
  expect(told(new Error("bad port"))).toBe("http://127.0.0.1:1/v1 (model 'm') cannot be reached, or hung up: Connection error.");
  const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
  expect(told(refused)).toMatch(/hung up: connect ECONNREFUSED 127\.0\.0\.1:1\. Is the server running\?$/);
});

test("a fetch that gives up by itself is a matter of time: the same request would take as long again", () => {
  const endpoint = resolveEndpoint({ model: "m", baseUrl: "http://127.0.0.1:1/v1" }, {});
  const headers = Object.assign(new Error("Headers Timeout Error"), { code: "UND_ERR_HEADERS_TIMEOUT" });
  for (const thrown of [new Error("Request timed out."), new TypeError("fetch failed", { cause: headers })]) {
    const { error, mayRetry } = classifyFailure(thrown, endpoint);
    expect({ fault: error.fault, mayRetry }).toEqual({ fault: "timeout", mayRetry: false });
    expect(error.message).toContain("`fetch`");
  }
});
