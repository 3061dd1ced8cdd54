import { didYouMean, Tau2Error, type Domain } from "@tau2/domains";
import { airline } from "@tau2/domains/airline";
import { mock } from "@tau2/domains/mock";
import { retail } from "@tau2/domains/retail";
import { telecom, telecomWorkflow } from "@tau2/domains/telecom";

const builtIn = [airline, retail, telecom, telecomWorkflow, mock] as readonly unknown[] as readonly Domain[];

/** A domain by its name, or as it is. @throws Tau2Error `not_found` naming the domain that was probably meant */
export function domainOf(domain: string | Domain): Domain {
  if (typeof domain !== "string") return domain;
  const found = builtIn.find(({ name }) => name === domain);
  if (found) return found;
  const names = builtIn.map(({ name }) => name);
  const hint = didYouMean(domain, names) || `; there are ${names.join(", ")}.`;
  throw new Tau2Error("not_found", `no domain '${domain}'${hint} A domain of your own is given as a value`);
}
