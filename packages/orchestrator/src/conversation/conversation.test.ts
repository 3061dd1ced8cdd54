import { expect, test } from "vitest";
import { formatTimestamp } from "./conversation.ts";

test("a point in time is local and has six decimals", () => {
  expect(formatTimestamp(new Date(2025, 0, 31, 9, 5, 7, 42))).toBe("2025-01-31T09:05:07.042000");
});

test("a full second has none", () => {
  expect(formatTimestamp(new Date(2025, 11, 1, 23, 59, 0, 0))).toBe("2025-12-01T23:59:00");
});
