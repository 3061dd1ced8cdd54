import type { RewardInfo } from "@tau2/domains";
import type { RewardType } from "@tau2/domains/internal";
import type { Finding } from "./evaluation.ts";

/** Checks of a component in the form of results files. */
export type RewardChecks = Partial<
  Pick<RewardInfo, "db_check" | "env_assertions" | "action_checks" | "nl_assertions" | "communicate_checks">
>;

/** Result of one component of the reward. Its evaluator creates it; the reward and the report only read it. */
export interface ComponentResult extends Omit<Finding, "in_basis"> {
  /** Factor of the reward, 0 or 1. Null if the component cannot count: not graded, failed, or without anything to compare. */
  reward: number | null;
  checks: RewardChecks;
  /** Note for `info` of the reward, as tau2-bench writes it. */
  info: string | null;
}

/** Results of all components. */
export type ComponentResults = Readonly<Record<RewardType, ComponentResult>>;

/** Creates the result of a component that checks a list of items. All of them must be met. */
export function createListResult(
  items: readonly { met: boolean; text: string }[],
  checks: RewardChecks,
  infoIfEmpty: string | null = null,
): ComponentResult {
  if (items.length === 0) return createUncheckedResult("vacuous", NOTHING_TO_CHECK, { reward: 1, checks, info: infoIfEmpty });
  const missed = items.filter(({ met }) => !met).map(({ text }) => text);
  const isMet = missed.length === 0;
  return {
    status: isMet ? "met" : "unmet",
    reward: isMet ? 1 : 0,
    checked: items.length,
    met: items.length - missed.length,
    missed,
    note: null,
    checks,
    info: null,
  };
}

/** Note of a component without criteria in the task. */
export const NOTHING_TO_CHECK = "the task gives nothing to check";

/** Creates the result of a component that was not checked. */
export function createUncheckedResult(
  status: "vacuous" | "not_graded" | "failed",
  note: string,
  { reward = null, checks = {}, info = null }: Partial<Pick<ComponentResult, "reward" | "checks" | "info">> = {},
): ComponentResult {
  return { status, reward, checked: 0, met: 0, missed: [], note, checks, info };
}
