/** Why parts of the records of the training environment are left out. Each is a defect of the original that is mended here, or words of our own. */
export const reasons = {
  fault: "an episode that somebody else broke has the reward null and says why, not 0 or an exception",
  refusal: "malformed arguments are refused in our words",
  emptyArguments: "an empty object of arguments stays empty",
  centred: "mean-centred advantages reach the steps for a discount factor of 1",
  timesteps: "timesteps counts the steps: the original always says 1",
  evalList: "where eval is the test list it is cut as that is",
} as const;

/** The reasons that a case has met, as one text; null for none. */
export function allReasons(met: ReadonlySet<string>): string | null {
  return met.size > 0 ? [...met].join("; ") : null;
}
