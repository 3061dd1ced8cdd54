import type { BuiltInName } from "@tau2/domains/built-in";

// By their names alone, so that help does not load their code. The compiler sees to it that none is missing.
const builtIn: Record<BuiltInName, true> = { airline: true, mock: true, retail: true, telecom: true, "telecom-workflow": true };

/** The domains that have a name of their own on the command line. */
export const domainNames: readonly string[] = Object.keys(builtIn);

/** Asks for a domain, and says which there are. @param option what stands before its name, if anything does */
export function whichDomain(option = ""): string {
  return `which domain? ${option}${domainNames.join(" | ")}, or the path of a module with a domain of your own`;
}
