import { getTools, type InitialState } from "@tau2/domains/internal";
import type { EnvironmentConfig, ToolCall } from "@tau2/domains";

/** Which side's answers and data a record cannot tell us. */
export type Side = "agent" | "user";

/** Why parts of a case are left out, in the words of the report. */
export const MERGED_SIDES = "initialization_data: tau2-bench makes one database of the two sides";

/**
 * Returns the sides that a record does not determine: where initialization data is applied in a domain with user tools, tau2-bench puts the
 * database of that side in place of the counterpart's. That is not copied, so the counterpart is not compared.
 */
export function unknownSides(
  setup: Pick<EnvironmentConfig, "domain">,
  initial: Partial<InitialState> | null | undefined,
): ReadonlySet<Side> {
  const sides = new Set<Side>();
  const data = initial?.initialization_data;
  if (!setup.domain.user || !data) return sides;
  if (data.agent_data) sides.add("user");
  if (data.user_data) sides.add("agent");
  return sides;
}

/** Returns the side of a call's tool; null if the caller does not have such a tool. */
export function sideOf(setup: EnvironmentConfig, call: Pick<ToolCall, "name" | "requestor">): Side | null {
  if (!getTools(setup, call.requestor).some(({ name }) => name === call.name)) return null;
  return setup.domain.user?.tools.some(({ name }) => name === call.name) && (setup.solo || call.requestor === "user") ? "user" : "agent";
}
