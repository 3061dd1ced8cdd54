/** Reasons to leave out parts of the records of the training environment. Each is a defect of act-prm that is mended here, or words of our own. */
export const reasons = {
  fault: "an episode that another role broke has the reward null and names the reason, not 0 or an exception",
  refusal: "malformed arguments are refused in our words",
  emptyArguments: "an empty object of arguments stays empty",
  centred: "mean-centred advantages reach the steps for a discount factor of 1",
  timesteps: "timesteps counts the steps: act-prm always says 1",
  evalList: "where eval is the test list it is cut as that is",
} as const;

/** Joins the reasons that a case has met; null without any. */
export function allReasons(met: ReadonlySet<string>): string | null {
  return met.size > 0 ? [...met].join("; ") : null;
}
