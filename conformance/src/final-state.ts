import { diffStates, type EnvironmentConfig, type EnvironmentState } from "@tau2/domains";
import { asJson, differences } from "./compare.ts";
import type { Difference } from "./outcome.ts";
import type { Side } from "./sides.ts";

/** Final state in a record: changes of both databases since the untouched data. */
export interface FinalState {
  agent_db_diff: unknown[];
  user_db_diff: unknown[];
}

/** Finds the differences between the changes of the two databases and the record. Sides that the record does not determine are left out. */
export function stateDifferences(
  expected: FinalState,
  setup: EnvironmentConfig,
  state: EnvironmentState,
  options: { path?: string; without?: ReadonlySet<Side> } = {},
): Difference[] {
  const { path = "final.", without } = options;
  const side = (name: Side, before: unknown) =>
    without?.has(name)
      ? []
      : differences(expected[`${name}_db_diff`], asJson(diffStates(before, state[name])), { path: `${path}${name}_db_diff` });
  return [...side("agent", setup.data.db), ...side("user", setup.data.userDb)];
}
