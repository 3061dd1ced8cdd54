import type { EnvironmentConfig, Message, RewardInfo, Task } from "@tau2/domains";
import type { RewardType, Usage } from "@tau2/domains/internal";

/** All types of evaluation. */
export const evaluationTypes = [
  "env",
  "action",
  "communicate",
  "nl_assertions",
  "all",
  "all_with_nl_assertions",
  "all_ignore_basis",
  "all_with_nl_assertions_ignore_basis",
] as const;

/**
 * Components that make up the reward (docs/spec/core.md#7-1). `all` uses the task's reward basis, `…_ignore_basis` all components except
 * natural-language assertions, and `…_with_nl_assertions…` judges those too. Other types use one component alone.
 */
export type EvaluationType = (typeof evaluationTypes)[number];

/** A finished conversation, and what to grade it against. */
export interface EvaluationRequest {
  /** Environment of the conversation. */
  environment: EnvironmentConfig;
  task: Task;
  /** Complete trajectory, including the task's history. */
  messages: readonly Message[];
  /** The components are evaluated for `agent_stop` and `user_stop` only; other reasons give reward 0. */
  terminationReason: string;
  /** Default `all`. */
  type?: EvaluationType | undefined;
  /**
   * True if a tool result that differs from the record is an error. Default true; false for re-grading old records.
   * Types that ignore the basis are always strict, as in tau2-bench.
   */
  strict?: boolean | undefined;
  /**
   * Treatment of natural-language assertions without a judge. `error` (default) throws; `not_graded` leaves them out of the reward and says
   * so in the report.
   */
  withoutJudge?: "error" | "not_graded" | undefined;
}

/** Outcome of a component. `vacuous`: the task lacks criteria for it. `not_graded`: it was not judged. `failed`: it could not be checked. */
export type FindingStatus = "met" | "unmet" | "vacuous" | "not_graded" | "failed";

/** Outcome of a component in the report, whether or not it counts for the reward. */
export interface Finding {
  status: FindingStatus;
  /** True if the task's reward basis includes the component. */
  in_basis: boolean;
  /** Number of checked items. */
  checked: number;
  /** Number of items that are met. */
  met: number;
  /** Items that are not met: paths in the databases, action ids, functions, or texts. */
  missed: string[];
  note: string | null;
}

/** Effort of the judge over all attempts. */
export interface JudgeEffort {
  model: string;
  attempts: number;
  /** US dollars; null if unknown. */
  cost: number | null;
  usage: Usage | null;
}

/** Report on every component, in the form in which it is stored beside the reward. */
export interface ComponentReport {
  /** Rule that decides the reward without the components; null if they decide. */
  rule: "premature_termination" | "no_criteria" | null;
  components: Record<RewardType, Finding>;
  /** Null if no judge was used. */
  judge: JudgeEffort | null;
}

/** The reward in tau2-bench's form, with a report. */
export interface Evaluation {
  rewardInfo: RewardInfo;
  report: ComponentReport;
}

/** Returns whether natural-language assertions, which only a judge can check, are part of a task's reward. */
export function needsJudge(task: Pick<Task, "evaluation_criteria">, type: EvaluationType = "all"): boolean {
  return wantsNlAssertions(task, type) && (task.evaluation_criteria?.nl_assertions ?? []).length > 0;
}

/** Returns whether an evaluation looks at natural-language assertions (docs/spec/core.md#7-1). */
export function wantsNlAssertions({ evaluation_criteria }: Pick<Task, "evaluation_criteria">, type: EvaluationType = "all"): boolean {
  const isInBasis = evaluation_criteria?.reward_basis.includes("NL_ASSERTION") ?? false;
  return type.includes("nl_assertions") || (type === "all" && isInBasis);
}
