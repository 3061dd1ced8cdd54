import type { JsonObject } from "@tau2/domains";
import type { ComposedPart, ComposedRollout } from "./config/compose-rollout.ts";
import type { OptionTable } from "../config/option.ts";

/** Everything that was composed, each value with where it comes from, as files and `tau2 config show` have it. Addresses lose their passwords. */
export function configRecord(composed: ComposedRollout): JsonObject {
  const parts = Object.entries(composed).filter((entry): entry is [string, ComposedPart<OptionTable>] => entry[1] !== null);
  return Object.fromEntries(
    parts.map(([group, { sources }]) => {
      const values = [...sources].map(([key, { value, source }]) => [key, { value: withoutPassword(value), source }]);
      return [group, Object.fromEntries(values) as JsonObject];
    }),
  );
}

/** The plain values of a part. */
export function partValues(part: ComposedPart<OptionTable>): JsonObject {
  return Object.fromEntries(Object.entries(part.values).map(([key, value]) => [key, withoutPassword(value)]));
}

function withoutPassword(value: unknown): JsonObject[string] {
  if (typeof value !== "string" || !URL.canParse(value)) return value as JsonObject[string];
  const url = new URL(value);
  if (url.username === "" && url.password === "") return value;
  Object.assign(url, { username: "", password: "" });
  return url.href;
}
