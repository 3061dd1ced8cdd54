import { createEpisodeStep, type EpisodeStep } from "../src/rollout/rollout-record.ts";

/** The steps of an episode with these rewards, the last of which ends it; each prompt is ten ids longer than the one before. */
export function stepsOf(...rewards: number[]): EpisodeStep[] {
  return rewards.map((reward, timestep) =>
    createEpisodeStep({
      state: [{ role: "user", content: `${timestep}` }],
      action: { role: "assistant", content: "a" },
      next_obs: [{ role: "user", content: "o" }],
      state_action_tokens: [1, 2],
      state_len: 10 * (timestep + 1),
      old_logprobs: [-0.5],
      temperature: 1,
      reward,
      done: timestep === rewards.length - 1,
      truncated: false,
      timestep,
      try_step: 0,
      batch_id: 3,
      unique_data_sample_id: 5,
      generation_id: 0,
      split: "train",
      tools: null,
    }),
  );
}
