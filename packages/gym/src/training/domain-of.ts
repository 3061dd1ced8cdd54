import { didYouMean } from "@tau2/domains/internal";
import { Tau2Error, type Domain } from "@tau2/domains";
import { builtInDomains } from "@tau2/domains/built-in";

/** A domain by its name, or as it is. @throws Tau2Error `not_found` naming the domain that was probably meant */
export function domainOf(domain: string | Domain): Domain {
  if (typeof domain !== "string") return domain;
  const found = builtInDomains.find(({ name }) => name === domain);
  if (found) return found;
  const names = builtInDomains.map(({ name }) => name);
  const hint = didYouMean(domain, names) || `; there are ${names.join(", ")}.`;
  throw new Tau2Error("not_found", `no domain '${domain}'${hint} A domain of your own is given as a value`);
}
