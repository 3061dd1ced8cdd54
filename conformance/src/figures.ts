import type { Metrics } from "@tau2/orchestrator/metrics";
import { asJson, differences } from "./compare.ts";
import type { Difference } from "./outcome.ts";

// tau2-bench adds up in another order.
const tolerance = 1e-9;

/** Finds the differences between our metrics and those of a record. */
export function figureDifferences(expected: object, actual: Metrics): Difference[] {
  const all = asJson(actual) as Record<string, unknown>;
  const same = Object.fromEntries(Object.keys(expected).map((key) => [key, all[key]]));
  return differences(expected, same, { tolerance });
}
