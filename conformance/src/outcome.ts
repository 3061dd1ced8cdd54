/** One place where ours and the record differ. */
export interface Difference {
  /** Such as `steps[3].content`. */
  path: string;
  /** Recorded value; undefined if it is missing. */
  expected: unknown;
  /** Actual value; undefined if it is missing. */
  actual: unknown;
}

/** Outcome of a case. A passed one may have parts that the rules of comparison leave out: `without` names them, with the reason. */
export type Outcome =
  | { status: "passed"; without?: string }
  | { status: "failed"; differences: readonly Difference[] }
  | { status: "skipped"; reason: string };

/** Passed when nothing differs. */
export function judged(differences: readonly Difference[], without?: string | null): Outcome {
  if (differences.length > 0) return { status: "failed", differences };
  return without ? { status: "passed", without } : { status: "passed" };
}

/** Left out for one of the reasons that the rules give. */
export function skipped(reason: string): Outcome {
  return { status: "skipped", reason };
}
