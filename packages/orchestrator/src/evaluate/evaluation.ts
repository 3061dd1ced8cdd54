import type { EnvironmentConfig, Message, RewardInfo, Task, Usage, RewardType } from "@tau2/domains";

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
 * What to grade by (docs/spec/core.md#7-1). `all` goes by the task's reward basis; `…_ignore_basis` multiplies every component but the
 * natural-language assertions, `…_with_nl_assertions…` adds those; the others look at one component alone.
 */
export type EvaluationType = (typeof evaluationTypes)[number];

/** A finished conversation and what to grade it against. */
export interface EvaluationRequest {
  /** The environment in which it was held. */
  environment: EnvironmentConfig;
  task: Task;
  /** The whole trajectory, a given history included. */
  messages: readonly Message[];
  /** Only `agent_stop` and `user_stop` let the components decide; the others give 0. */
  terminationReason: string;
  /** By default `all`. */
  type?: EvaluationType;
  /**
   * Whether a replayed answer that differs from the record is an error (default) or is passed over, as when old records are graded again.
   * Types that ignore the basis are always strict, as in the reference.
   */
  strict?: boolean;
  /**
   * What to do where natural-language assertions count and nobody can judge them: refuse (default), or leave them out of the reward and
   * say so in the report.
   */
  withoutJudge?: "error" | "not_graded";
}

/** What became of a component. `vacuous`: the task gives nothing to check. `not_graded`: nobody judged it. `failed`: it could not be checked. */
export type FindingStatus = "met" | "unmet" | "vacuous" | "not_graded" | "failed";

/** What was found of one component, whether or not it counts. */
export interface Finding {
  status: FindingStatus;
  /** Whether the task's reward basis names it. */
  in_basis: boolean;
  /** How many things were checked, and how many of them held. */
  checked: number;
  met: number;
  /** What did not hold: places of the databases, action ids, functions, texts. */
  missed: string[];
  note: string | null;
}

/** What asking the judge took, over all attempts. */
export interface JudgeEffort {
  model: string;
  attempts: number;
  /** US dollars; null when unknown. */
  cost: number | null;
  usage: Usage | null;
}

/** What every component found, also where the reward is settled by a rule. In wire form, to be stored beside the reward. */
export interface ComponentReport {
  /** The rule that settles the reward whatever the components say; null where they decide. */
  rule: "premature_termination" | "no_criteria" | null;
  components: {
    DB: Finding;
    ENV_ASSERTION: Finding;
    ACTION: Finding;
    COMMUNICATE: Finding;
    NL_ASSERTION: Finding;
  };
  /** Null when no judge was asked. */
  judge: JudgeEffort | null;
}

/** The reward in the reference's form, and what lies behind it. */
export interface Evaluation {
  rewardInfo: RewardInfo;
  report: ComponentReport;
}

/** What one evaluator says: its reward, what of it goes into the breakdown, and its checks in the form of the reward info. */
export interface Part {
  reward: number;
  /** Null when there was nothing to break down. */
  breakdown: Partial<Record<RewardType, number>> | null;
  note: string | null;
  checks: Partial<Pick<RewardInfo, "db_check" | "env_assertions" | "action_checks" | "nl_assertions" | "communicate_checks">>;
}

/** The reward info of a part on its own, or of several put together. */
export function rewardInfoOf(fields: Partial<RewardInfo> & Pick<RewardInfo, "reward">): RewardInfo {
  return {
    reward: fields.reward,
    db_check: fields.db_check ?? null,
    env_assertions: fields.env_assertions ?? null,
    action_checks: fields.action_checks ?? null,
    nl_assertions: fields.nl_assertions ?? null,
    communicate_checks: fields.communicate_checks ?? null,
    reward_basis: fields.reward_basis ?? null,
    reward_breakdown: fields.reward_breakdown ?? null,
    info: fields.info ?? null,
  };
}

/** A note as the reference stores it. */
export function noteInfo(note: string | null): { note: string } | null {
  return note === null ? null : { note };
}

/** Whether natural-language assertions, of which only a judge can tell whether they hold, are part of a task's reward. */
export function needsJudge({ evaluation_criteria: criteria }: Pick<Task, "evaluation_criteria">): boolean {
  return criteria !== null && criteria.reward_basis.includes("NL_ASSERTION") && (criteria.nl_assertions ?? []).length > 0;
}
