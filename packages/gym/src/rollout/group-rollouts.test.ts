import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { stepsOf } from "../../test/steps.ts";
import { onChores, written } from "../../test/training.ts";
import { AgentEnv } from "../env/agent-env.ts";
import { getEnv } from "../training/tau2bench-env.ts";
import { groupRollouts, type GroupRolloutOptions, type RolloutEvent, getMetricsPrefix, computeRolloutMetrics } from "./group-rollouts.ts";
import { goldPolicy, type PolicyTurn } from "./policy.ts";
import { getRolloutId } from "./rollout-record.ts";
import { createRolloutTrajectory } from "./trajectory.ts";

const env = getEnv("tau2bench", { ...onChores, without_judge: "not_graded", is_async: true });
const milk = written("create_task", { user_id: "user_1", title: "Buy milk" });
const done = written("done", {});

/** Solves the task in every second attempt. */
function everySecond({ state }: PolicyTurn) {
  return state.generation_id % 2 === 0 && state.timestep === 0 ? milk : done;
}

function run(more: Partial<GroupRolloutOptions> = {}) {
  return groupRollouts({ env, policy: everySecond, numTasks: 1, groupSize: 4, ...more });
}

describe("group rollouts", () => {
  test("of an AgentEnv play its task, attempt by attempt", async () => {
    const { domain, data, user } = onChores;
    const agentEnv = new AgentEnv({ domain, data, user, taskId: "milk" });
    const { groups, totals } = await groupRollouts({ env: agentEnv, policy: everySecond, groupSize: 2 });
    expect(groups.map(({ task_id, group }) => [task_id, group.final_rewards])).toEqual([["milk", [1, 0]]]);
    expect(totals).toMatchObject({ planned: 2, done: 2, failed: 0 });
  });

  test("play each task so often, task by task, and give its group returns and advantages", async () => {
    const outcome = await run({ numTasks: 2, groupSize: 2, startIdx: 2, discountFactor: 0.5, meanCenter: true });
    expect(outcome.rollouts.map(getRolloutId)).toEqual(["train/2/0/0", "train/2/1/0", "train/3/0/0", "train/3/1/0"]);
    expect(outcome.groups.map(({ task_id, group }) => [task_id, group.final_rewards, group.advantages])).toEqual([
      ["polite", [1, 0], [[0.25, 0.5], [-0.5]]],
      ["milk", [1, 0], [[0.25, 0.5], [-0.5]]],
    ]);
    expect(outcome.groups[0]!.group.trajectories[0]!.episode_steps[0]).toMatchObject({ return_: 0.5, advantage: 0.25 });
    expect(outcome.totals).toEqual({ planned: 4, running: 0, done: 4, failed: 0, correct: 2, rewardSum: 2, steps: 6 });
  });

  test("have metrics by split, try and checkpoint, over all tasks", async () => {
    const { metrics } = await run({ numTries: 2, checkpointName: "best" });
    expect(metrics).toMatchObject({ "best_train/try_0/accuracy": 0.5, "best_train/try_1/accuracy": 0.5, "best_train/try_1/total": 4 });
    expect((await run({ split: "eval", groupSize: 1 })).metrics).toHaveProperty("eval/try_0/final_reward");
  });

  test("play all tasks of the list by default", async () => {
    const { rollouts } = await groupRollouts({ env, policy: goldPolicy() });
    expect(rollouts.map(({ task_id }) => task_id)).toEqual(["milk", "note", "polite"]);
  });

  test("play so many at the same time and no more", async () => {
    let [now, most] = [0, 0];
    const policy = async () => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now--;
      return done;
    };
    await run({ policy, groupSize: 9, concurrency: 3 });
    expect(most).toBe(3);
  });

  test("leave failed episodes out of groups and metrics, and report them", async () => {
    const policy = (turn: PolicyTurn) => {
      if (turn.state.generation_id === 1) throw new Error("no GPU");
      return everySecond(turn);
    };
    const { groups, metrics, totals, rollouts } = await run({ policy, groupSize: 3, meanCenter: true });
    expect(groups[0]!.failures.map(({ error }) => error!.message)).toEqual(["no GPU"]);
    expect([groups[0]!.group.final_rewards, metrics["train/try_0/accuracy"], totals.failed, rollouts.length]).toEqual([[1, 1], 1, 1, 3]);
    const none = await run({ policy: () => null });
    expect([none.metrics, none.groups[0]!.group.trajectories, none.totals.failed]).toEqual([{}, [], 4]);
  });

  test("do not play finished rollouts again, and count them", async () => {
    const whole = await run();
    const asked: number[] = [];
    const policy = (turn: PolicyTurn) => {
      asked.push(turn.state.generation_id);
      return everySecond(turn);
    };
    const foreign = { ...whole.rollouts[0]!, sample_id: 9 };
    const finished = JSON.parse(JSON.stringify([...whole.rollouts.slice(1, 3), foreign])) as typeof whole.rollouts;
    const rest = await run({ policy, finished });
    expect(new Set(asked)).toEqual(new Set([0, 3]));
    expect([rest.metrics, rest.totals]).toEqual([whole.metrics, whole.totals]);
    expect(rest.rollouts.map(getRolloutId)).toEqual(whole.rollouts.map(getRolloutId));
  });

  test("tell what happens as it happens, and hand over each rollout before they say that it is done", async () => {
    const events: RolloutEvent[] = [];
    const stored: string[] = [];
    await run({
      groupSize: 2,
      concurrency: 1,
      onEvent: (event) => events.push(event),
      onRollout: async (played) => {
        await new Promise(setImmediate);
        expect(events.at(-1)!.type).toBe("step");
        stored.push(getRolloutId(played));
      },
    });
    expect(events.map(({ type }) => type)).toEqual(["planned", "started", "step", "step", "finished", "started", "step", "finished"]);
    expect(events[0]).toMatchObject({ episodes: { length: 2 }, totals: { planned: 2, done: 0 } });
    expect(events[1]).toMatchObject({ totals: { running: 1 } });
    expect(events.at(-1)).toMatchObject({ totals: { running: 0, done: 2, correct: 1 } });
    expect(stored).toEqual(["train/0/0/0", "train/0/1/0"]);
  });

  test("end early with the signal, and keep the rollouts that are done", async () => {
    const stop = new AbortController();
    const stored: string[] = [];
    const outcome = await run({
      signal: stop.signal,
      concurrency: 1,
      onRollout: (played) => (stored.push(getRolloutId(played)) === 2 ? stop.abort() : undefined),
    });
    expect(outcome).toMatchObject({ cancelled: true, totals: { planned: 4, done: 2, running: 0 } });
    expect(outcome.rollouts.map(getRolloutId)).toEqual(stored);
    const again = await run({ finished: outcome.rollouts });
    expect(again).toMatchObject({ cancelled: false, totals: { done: 4 } });
  });

  test("count nothing as done that was given up in the middle", async () => {
    const stop = new AbortController();
    const policy = ({ signal }: PolicyTurn) =>
      new Promise<string>((_, reject) => {
        signal!.addEventListener("abort", () => reject(signal!.reason as Error));
        stop.abort(new Error("enough"));
      });
    expect(await run({ policy, signal: stop.signal })).toMatchObject({ rollouts: [], cancelled: true, totals: { done: 0, running: 0 } });
  });

  test("end with what a callback throws", async () => {
    const full = () => Promise.reject(new Error("disk full"));
    await expect(run({ onRollout: full })).rejects.toThrow("disk full");
    const torn = () => {
      throw new Error("view torn");
    };
    await expect(run({ onEvent: torn })).rejects.toThrow("view torn");
  });

  test("are refused before anything is played when they make no sense", async () => {
    const policy = () => expect.unreachable("nothing is to be played");
    await expect(run({ policy, groupSize: 0 })).rejects.toThrow("groupSize must be an integer of at least 1: got 0");
    await expect(run({ policy, concurrency: 1.5 })).rejects.toThrow("concurrency must be an integer of at least 1: got 1.5");
    await expect(run({ policy: undefined as never })).rejects.toThrow("give a policy");
    const empty = getEnv("tau2bench", { ...onChores, num_train_tasks: 0 });
    await expect(run({ env: empty, policy })).rejects.toThrow("the list 'train' is empty");
  });

  test("share an environment whose user is a model, each with its own conversation", async () => {
    let wishes = 0;
    const answer = ({ messages }: { messages: readonly unknown[] }) => (messages.length === 2 ? `wish ${wishes++}` : "Thanks ###STOP###");
    const user = scriptedModel(Array.from({ length: 8 }, () => answer));
    const shared = getEnv("tau2bench", { ...onChores, user, is_async: true });
    const policy = ({ messages }: PolicyTurn) => written("respond_user", { text: `heard ${messages.at(-1)!.content}` });
    await groupRollouts({ env: shared, policy, numTasks: 1, groupSize: 4 });
    const ends = user.requests
      .filter(({ messages }) => messages.length > 2)
      .map(({ messages }) =>
        messages
          .slice(2)
          .map(({ content }) => content)
          .join(", "),
      );
    expect(ends.toSorted()).toEqual([0, 1, 2, 3].map((n) => `wish ${n}, heard wish ${n}`));
  });
});

const trajectory = (...rewards: number[]) =>
  createRolloutTrajectory({ episodeSteps: stepsOf(...rewards), discountFactor: 0.5, finalReward: rewards.at(-1)! });

test("metrics are means with deviation and maximum, counts are sums, and the accuracy is last", () => {
  const metrics = computeRolloutMetrics([trajectory(0, 1), trajectory(0), trajectory(1), trajectory(0)], "train/try_0/");
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

test("metrics are empty without trajectories", () => {
  expect(computeRolloutMetrics([], "x/")).toEqual({});
});

test("names of metrics hold the split, the try and the checkpoint", () => {
  expect(getMetricsPrefix("eval", 2)).toBe("eval/try_2/");
  expect(getMetricsPrefix("eval", 0, "step_7")).toBe("step_7_eval/try_0/");
});
