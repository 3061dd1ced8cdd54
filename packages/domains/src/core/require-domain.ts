import { Tau2Error } from "./errors.ts";
import { isRecord } from "./json.ts";

/** Checks, for callers without types, that what was given is a domain and not its name. @throws Tau2Error `invalid` */
export function requireDomain(domain: unknown): void {
  if (isRecord(domain) && isRecord(domain["agent"])) return;
  const given = typeof domain === "string" ? `the text '${domain}'` : `of type ${typeof domain}`;
  throw new Tau2Error(
    "invalid",
    `domain is ${given}: give a domain's value, such as \`mock\` of "@tau2/domains/mock" or one made by defineDomain`,
  );
}
