import { expect, test } from "vitest";
import { stepsOf } from "../../test/steps.ts";
import { metricsPrefix, rolloutMetrics } from "./rollout-metrics.ts";
import { createRolloutTrajectory } from "./trajectory.ts";

const trajectory = (...rewards: number[]) =>
  createRolloutTrajectory({ episode_steps: stepsOf(...rewards), discount_factor: 0.5, final_reward: rewards.at(-1)! });

test("figures are means with deviation and maximum, counts are sums, and the accuracy is last", () => {
  const metrics = rolloutMetrics([trajectory(0, 1), trajectory(0), trajectory(1), trajectory(0)], "train/try_0/");
  expect(Object.keys(metrics).slice(0, 3)).toEqual([
    "train/try_0/final_reward",
    "train/try_0/final_reward_std",
    "train/try_0/final_reward_max",
  ]);
  expect(Object.keys(metrics).at(-1)).toBe("train/try_0/accuracy");
  expect(metrics).toMatchObject({
    "train/try_0/final_reward": 0.5,
    "train/try_0/final_reward_std": 0.5,
    "train/try_0/first_return": 0.375,
    "train/try_0/first_return_max": 1,
    "train/try_0/last_state_len": 12.5,
    "train/try_0/timesteps": 1.25,
    "train/try_0/timesteps_max": 2,
    "train/try_0/correct": 2,
    "train/try_0/correct_std": 0.5,
    "train/try_0/correct_max": 1,
    "train/try_0/total": 4,
    "train/try_0/total_std": 0,
    "train/try_0/accuracy": 0.5,
  });
});

test("without trajectories there are no figures", () => {
  expect(rolloutMetrics([], "x/")).toEqual({});
});

test("figures are told apart by split and try, and by the checkpoint that was played", () => {
  expect(metricsPrefix("eval", 2)).toBe("eval/try_2/");
  expect(metricsPrefix("eval", 0, "step_7")).toBe("step_7_eval/try_0/");
});
