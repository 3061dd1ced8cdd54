import { expect, test } from "vitest";
import { parsePrometheus } from "./prometheus.ts";

test("sum adds the series that match the given labels", () => {
  const { sum } = parsePrometheus(
    [
      "# HELP opened_total Sessions begun",
      'tau2_opened_total{domain="mock",origin="created"} 3',
      'tau2_opened_total{domain="retail",origin="created"} 4',
      'tau2_opened_total{domain="retail",origin="forked \\"twice\\""} 5',
      "heap_bytes 1.5e6",
    ].join("\n"),
  );
  expect(sum("tau2_opened_total")).toBe(12);
  expect(sum("tau2_opened_total", { domain: "retail" })).toBe(9);
  expect(sum("tau2_opened_total", { domain: "retail", origin: "created" })).toBe(4);
  expect(sum("heap_bytes")).toBe(1_500_000);
  expect(sum("nothing_total")).toBe(0);
});
