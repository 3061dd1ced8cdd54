import { expect, it } from "vitest";
import type { ModelMessage } from "../../training/messages.ts";
import type { EpisodeStep, Rollout } from "../rollout-record.ts";
import { packRollout, unpackRollout } from "./pack-rollout.ts";

const system: ModelMessage = { role: "system", content: "Help." };
const createMessage = (role: string, content: string): ModelMessage => ({ role, content });
const tools = [{ type: "function" as const, name: "done", description: "", parameters: {} }];

function createRollout(): Rollout {
  const createStep = (state: ModelMessage[], n: number): EpisodeStep => ({
    // A copy of the parts that are the same in every step, as the environment makes it.
    state: state.map((message) => ({ ...message })),
    action: createMessage("assistant", `answer ${n}`),
    next_obs: [createMessage("user", `question ${n}`)],
    state_action_tokens: [1, 2],
    state_len: 1,
    old_logprobs: [-0.5],
    temperature: null,
    reward: n,
    done: n === 1,
    truncated: false,
    timestep: n,
    try_step: 0,
    batch_id: 0,
    unique_data_sample_id: 3,
    generation_id: 1,
    split: "train",
    return_: -2,
    advantage: -2,
    return_is_computed: false,
    advantage_is_computed: false,
    constant_reward_group: false,
    tools: n === 0 ? tools : null,
    action_prob: 0,
  });
  const first = [system, createMessage("user", "hello")];
  const episode_steps = [
    createStep(first, 0),
    createStep([...first, createMessage("assistant", "answer 0"), createMessage("user", "question 0")], 1),
  ];
  const place = { split: "train", sample_id: 3, generation_id: 1, try_step: 0, batch_id: 0, task_id: "t", policy: "p" } as const;
  return { ...place, episode_steps, final_reward: 1, error: null, simulation: null, seconds: 2 };
}

it("a rollout comes out of the log as it went in", () => {
  const packed = JSON.parse(JSON.stringify(packRollout(createRollout()))) as ReturnType<typeof packRollout>;
  expect(unpackRollout(packed)).toEqual(createRollout());
});

it("the parts that every step repeats are in the log once", () => {
  const { messages, steps, tools: lists } = packRollout(createRollout());
  expect(messages.map(({ content }) => content)).toEqual(["Help.", "hello", "answer 0", "question 0", "answer 1", "question 1"]);
  expect(steps.map(({ state, action, next_obs }) => ({ state, action, next_obs }))).toEqual([
    { state: [0, 1], action: 2, next_obs: [3] },
    { state: [0, 1, 2, 3], action: 4, next_obs: [5] },
  ]);
  expect(lists).toEqual([tools]);
});

it("rollouts that are read together share what they have in common", () => {
  const shared = new Map<string, unknown>();
  const [a, b] = [unpackRollout(packRollout(createRollout()), shared), unpackRollout(packRollout(createRollout()), shared)];
  expect(a.episode_steps[0]!.state[0]).toBe(b.episode_steps[1]!.state[0]);
  expect(a.episode_steps[0]!.tools).toBe(b.episode_steps[0]!.tools);
});
