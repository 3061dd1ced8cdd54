import type { EpisodeInfo, ResetResult, StepResult } from "./result.ts";

/** `info` as the reference's gym has it, its texts parsed: `{}` where there is nothing yet. */
export type Tau2BenchInfo = Omit<EpisodeInfo, "simulation_run" | "reward_info" | "report" | "error" | "invalid_action"> & {
  simulation_run: object;
  reward_info?: object;
};

/** What the reference's gym shows for a step. */
export interface Tau2BenchStep {
  observation: string;
  reward: number;
  terminated: boolean;
  /** Always false there. */
  truncated: false;
  info: Tau2BenchInfo;
}

/**
 * A step as the reference's gym shows it (docs/spec/core.md#11-1), for comparing and for who was trained on that: every end is `terminated`, and a
 * fault of the other side ends the episode with reward 0.
 */
export function toTau2BenchStep({ observation, reward, terminated, truncated, info }: StepResult): Tau2BenchStep {
  const { reward_info } = info;
  const graded = reward_info === undefined ? {} : { reward_info: reward_info ?? {} };
  return { observation, reward: reward ?? 0, terminated: terminated || truncated, truncated: false, info: { ...plain(info), ...graded } };
}

/** A reset as the reference's gym shows it. */
export function toTau2BenchReset({ observation, info }: ResetResult): Pick<Tau2BenchStep, "observation" | "info"> {
  return { observation, info: plain(info) };
}

function plain(info: EpisodeInfo): Tau2BenchInfo {
  const { reward_info: _, report: __, error: ___, invalid_action: ____, simulation_run, ...rest } = info;
  return { ...rest, simulation_run: simulation_run ?? {} };
}
