import { expect, test } from "vitest";
import { quoted, retryAfter } from "./fault.ts";

const now = Date.parse("2025-01-01T00:00:00Z");
const asked = (headers: Record<string, string>) => retryAfter(new Headers(headers), now);

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
  expect(retryAfter(null)).toBeNull();
});

test("quoted text is one line and cut", () => {
  expect(quoted("a\n  b")).toBe('"a b"');
  expect(quoted("x".repeat(50), 10)).toBe(`"${"x".repeat(10)}…" (50 characters)`);
});
