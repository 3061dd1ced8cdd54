import type { RewardInfo } from "@tau2/domains";

/** How many of the solution's actions were done. */
export interface ActionScore {
  correct: number;
  count: number;
  /** `correct / count`. */
  proportion: number;
}

/** The actions of one simulation, and those of them that read and write; null where there are none (docs/spec/core.md#7-8). */
export interface PartialScores {
  total: ActionScore;
  read: ActionScore | null;
  write: ActionScore | null;
}

/** Null when the simulation was not graded by actions. */
export function computePartialScores(reward: Pick<RewardInfo, "action_checks"> | null): PartialScores | null {
  const checks = reward?.action_checks ?? [];
  const total = score(checks);
  if (!total) return null;
  const ofKind = (kind: "read" | "write") => score(checks.filter(({ tool_type }) => tool_type === kind));
  return { total, read: ofKind("read"), write: ofKind("write") };
}

function score(checks: readonly { action_match: boolean }[]): ActionScore | null {
  if (checks.length === 0) return null;
  const correct = checks.filter(({ action_match }) => action_match).length;
  return { correct, count: checks.length, proportion: correct / checks.length };
}
