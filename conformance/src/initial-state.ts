import { initialStateSchema, type InitialState } from "@tau2/domains/internal";

/** Parses a record's initial state in full form; empty if it lacks one. @throws ZodError for another shape. */
export function initialStateOf(recorded: unknown): Partial<InitialState> {
  return recorded === null || recorded === undefined ? {} : initialStateSchema.parse(recorded);
}
