import { builtInDomains } from "@tau2/domains/built-in";

/** The domains that have a name of their own on the command line. */
export const domainNames: readonly string[] = builtInDomains.map(({ name }) => name);

/** Asks for a domain, and says which there are. @param option what stands before its name, if anything does */
export function whichDomain(option = ""): string {
  return `which domain? ${option}${domainNames.join(" | ")}, or the path of a module with a domain of your own`;
}
