import { createRolloutTrajectory, groupTrajectories, ReplayBuffer, type EpisodeStep } from "@tau2/gym/training";
import { createEpisodeStep, keepTopK, type RolloutTrajectory, type TrajectoryGroup } from "@tau2/gym/internal";
import { differences } from "../compare.ts";
import type { Line } from "../kind.ts";
import { judged, type Outcome } from "../outcome.ts";
import { reasons } from "./reasons.ts";

/** A recorded group of trajectories with all that was computed of it. */
export interface ReturnsLine extends Line {
  discount_factor: number;
  mean_center: boolean;
  final_rewards_arg: number[] | null;
  trajectories: { rewards: number[]; dones: boolean[]; final_reward: number; last_value: number }[];
  out: Record<string, unknown>;
  keep_top_k: { k: number; order: number[] } & Record<"final_rewards" | "first_returns" | "advantages", unknown>;
  buffer: Record<string, unknown>;
}

/** Returns, advantages, the best of a group, and what a replay buffer holds of them. */
export function returnsOutcome(line: ReturnsLine): Outcome {
  const { discount_factor, mean_center, final_rewards_arg } = line;
  const trajectories = line.trajectories.map((recorded, i) => trajectoryOf(recorded, i, discount_factor));
  const group = groupTrajectories(trajectories, {
    meanCenter: mean_center,
    discountFactor: discount_factor,
    finalRewards: final_rewards_arg,
  });
  const best = keepTopK(group, line.keep_top_k.k);
  const buffer = new ReplayBuffer();
  buffer.addTrajectoryGroup(best);
  const records = buffer.buffer;
  const ours = {
    out: { ...groupForm(group), correct: group.trajectories.map(({ correct }) => correct) },
    keep_top_k: {
      k: line.keep_top_k.k,
      order: best.trajectories.map(({ episode_steps }) => episode_steps[0]!.unique_data_sample_id),
      final_rewards: best.final_rewards,
      first_returns: best.first_returns,
      advantages: best.advantages,
    },
    buffer: {
      size: buffer.length,
      keys: records[0] ? Object.keys(records[0]) : null,
      returns: records.map((record) => record.return),
      advantages: records.map(({ advantage }) => advantage),
    },
  };
  const { out, keep_top_k } = line;
  const centred = mean_center && discount_factor === 1;
  const expected = centred ? withoutStepAdvantages({ out, keep_top_k, buffer: line.buffer }) : { out, keep_top_k, buffer: line.buffer };
  const found = differences(expected, centred ? withoutStepAdvantages(ours) : ours, { tolerance: 1e-14 });
  return judged(found, centred ? reasons.centred : null);
}

function trajectoryOf(recorded: ReturnsLine["trajectories"][number], place: number, discount_factor: number): RolloutTrajectory {
  const steps = recorded.rewards.map((reward, timestep) => step(reward, recorded.dones[timestep]!, timestep, place));
  return createRolloutTrajectory({
    episodeSteps: steps,
    discountFactor: discount_factor,
    finalReward: recorded.final_reward,
    lastValue: recorded.last_value,
  });
}

function step(reward: number, done: boolean, timestep: number, place: number): EpisodeStep {
  return createEpisodeStep({
    state: [],
    action: { role: "assistant", content: "" },
    next_obs: [],
    state_action_tokens: [],
    state_len: 0,
    old_logprobs: [],
    temperature: 1,
    reward,
    done,
    truncated: false,
    timestep,
    try_step: 0,
    batch_id: 0,
    unique_data_sample_id: place,
    generation_id: 0,
    split: "train",
    tools: null,
  });
}

function groupForm({ trajectories, final_rewards, first_returns, advantages }: TrajectoryGroup): object {
  const ofSteps = <T>(value: (step: EpisodeStep) => T) => trajectories.map(({ episode_steps }) => episode_steps.map(value));
  return {
    returns: trajectories.map(({ returns }) => returns),
    first_returns,
    final_rewards,
    advantages,
    step_advantages: ofSteps(({ advantage }) => advantage),
    step_advantage_is_computed: ofSteps(({ advantage_is_computed }) => advantage_is_computed),
    step_returns: ofSteps(({ return_ }) => return_),
  };
}

function withoutStepAdvantages({ out, buffer, ...rest }: { out: object; keep_top_k: unknown; buffer: object }): object {
  const { step_advantages: _, step_advantage_is_computed: __, ...outRest } = out as Record<string, unknown>;
  const { advantages: ___, ...bufferRest } = buffer as Record<string, unknown>;
  return { ...rest, out: outRest, buffer: bufferRest };
}
