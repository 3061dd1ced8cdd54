import type { RewardInfo, RewardType } from "@tau2/domains";

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
