import type { Domain } from "@tau2/domains/core";

/** A domain that comes with the packages. */
export interface BuiltInDomain {
  readonly brief: string;
  /** Its code is loaded when it is asked for. */
  load(): Promise<Domain>;
}

/** Asks for a domain, and says which there are. @param option what stands before its name, if anything does */
export function whichDomain(option = ""): string {
  return `which domain? ${option}${Object.keys(builtInDomains).join(" | ")}, or the path of a module with a domain of your own`;
}

/** The domains that have a name of their own on the command line. The one place to add another. */
export const builtInDomains: Readonly<Record<string, BuiltInDomain>> = {
  airline: {
    brief: "bookings, changes, cancellations and compensation of an airline",
    load: async () => (await import("@tau2/domains/airline")).airline,
  },
  mock: {
    brief: "to-dos and notes: the smallest domain that has everything",
    load: async () => (await import("@tau2/domains/mock")).mock,
  },
  retail: {
    brief: "cancelling, changing, returning and exchanging orders of an online shop",
    load: async () => (await import("@tau2/domains/retail")).retail,
  },
  telecom: {
    brief: "bills, lines and technical problems of a phone carrier; the customer has a phone to operate",
    load: async () => (await import("@tau2/domains/telecom")).telecom,
  },
  "telecom-workflow": {
    brief: "telecom with the policy on technical problems laid out as numbered steps",
    load: async () => (await import("@tau2/domains/telecom")).telecomWorkflow,
  },
};
