import { Tau2Error } from "@tau2/domains";

/**
 * Looks a name up in a table of agents or users.
 * @throws Tau2Error `not_found` with the names that there are
 */
export function findKind<T>(what: "Agent" | "User", kinds: Readonly<Record<string, T>>, name: string): T {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined) {
    throw new Tau2Error("not_found", `${what} ${name} not found in registry; there are ${Object.keys(kinds).join(", ")}`);
  }
  return kind;
}
