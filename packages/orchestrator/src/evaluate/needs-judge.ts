import type { Task } from "@tau2/domains";

/** Whether natural-language assertions, of which only a judge can tell whether they hold, are part of a task's reward. */
export function needsJudge({ evaluation_criteria: criteria }: Pick<Task, "evaluation_criteria">): boolean {
  return criteria !== null && criteria.reward_basis.includes("NL_ASSERTION") && (criteria.nl_assertions ?? []).length > 0;
}
