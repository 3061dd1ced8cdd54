import { initialStateSchema } from "@tau2/domains/internal";
import type { InitialState } from "@tau2/domains";

/** A record's initial state in full form; empty where it has none. @throws ZodError when it is not one. */
export function initialStateOf(recorded: unknown): Partial<InitialState> {
  return recorded === null || recorded === undefined ? {} : initialStateSchema.parse(recorded);
}
