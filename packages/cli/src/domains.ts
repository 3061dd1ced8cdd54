import type { Domain } from "@tau2/domains/core";

/** A domain that comes with the packages. */
export interface BuiltInDomain {
  readonly brief: string;
  /** Its code is loaded when it is asked for. */
  load(): Promise<Domain>;
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
};
