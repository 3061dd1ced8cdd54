/**
 * Defaults that only the packages of tau2 read, in an entry of its own: the command line shows them in its help without loading the rest.
 * They may change in any release, also in a patch.
 * @module
 */
/** Defaults of returns and advantages. */
export const returnDefaults = { discountFactor: 0.9, meanCenter: false } as const;
