import type { RewardInfo } from "@tau2/domains";
import { computeMetrics, type Metrics } from "@tau2/orchestrator/metrics";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { figureDifferences } from "../figures.ts";
import { mixedKind, type Line } from "../kind.ts";
import { judged } from "../outcome.ts";

interface MetricsLine extends Line {
  label: string;
  num_trials: number;
  input: {
    task_id: string;
    trial: number;
    reward: number | null;
    termination_reason: SimulationRun["termination_reason"];
    agent_cost: number | null;
    user_cost: number | null;
    db_match: boolean | null;
  }[];
  output: Record<string, unknown> | null;
  raises: { type: string; message: string } | null;
}

/** Metrics of synthetic sets of results. */
export const metrics = mixedKind<MetricsLine>(
  "metrics",
  (line) => {
    let actual: Metrics;
    try {
      actual = computeMetrics(line.input.map(measuredRun), { num_trials: line.num_trials });
    } catch (thrown) {
      return judged(line.raises ? [] : [{ path: "output", expected: line.output, actual: thrown }]);
    }
    if (!line.output) return judged([{ path: "raises", expected: line.raises, actual }]);
    return judged(figureDifferences(line.output, actual));
  },
  ({ label }) => label,
);

function measuredRun({ task_id, reward, termination_reason, agent_cost, user_cost, db_match }: MetricsLine["input"][number]) {
  return { task_id, termination_reason, agent_cost, user_cost, reward_info: reward === null ? null : rewardInfo(reward, db_match) };
}

function rewardInfo(reward: number, db_match: boolean | null): RewardInfo {
  return {
    reward,
    db_check: db_match === null ? null : { db_match, db_reward: db_match ? 1 : 0 },
    env_assertions: null,
    action_checks: null,
    nl_assertions: null,
    communicate_checks: null,
    reward_basis: null,
    reward_breakdown: null,
    info: null,
  };
}
