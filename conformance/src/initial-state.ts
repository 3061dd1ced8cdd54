import { initialStateSchema } from "@tau2/domains/internal";
import type { InitialState } from "@tau2/domains";

/** Parses a record's initial state in full form; empty if it lacks one. @throws ZodError for another shape. */
export function initialStateOf(recorded: unknown): Partial<InitialState> {
  return recorded === null || recorded === undefined ? {} : initialStateSchema.parse(recorded);
}
