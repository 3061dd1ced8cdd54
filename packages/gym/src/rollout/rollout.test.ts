import { ModelError } from "@tau2/user-sim";
import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { userSaying } from "../../test/chores.ts";
import { onChores, written } from "../../test/training.ts";
import { AgentEnv } from "../env/agent-env.ts";
import { getEnv } from "../training/tau2bench-env.ts";
import { agentPolicy, goldPolicy, noopPolicy, type PolicyTurn } from "./policy.ts";
import type { EpisodeStep } from "./rollout-record.ts";
import { rollout } from "./rollout.ts";

const env = getEnv("tau2bench", { ...onChores, is_async: true });
const milk = written("create_task", { user_id: "user_1", title: "Buy milk" });
const bye = `Done.\n${written("respond_user", { text: "It is on your list." })}`;

/** Says these one after the other, and then nothing any more. */
function saying(...texts: string[]) {
  return ({ state }: PolicyTurn) => texts[state.timestep] ?? null;
}

describe("a rollout", () => {
  test("returns the steps of the episode, each with its messages, answer and observation", async () => {
    const seen: EpisodeStep[] = [];
    const played = await rollout({
      env,
      policy: saying(milk, bye),
      batchId: 4,
      generationId: 2,
      temperature: 0.7,
      onStep: (step) => seen.push(step),
    });
    expect(played).toMatchObject({
      split: "train",
      sample_id: 0,
      generation_id: 2,
      try_step: 0,
      batch_id: 4,
      task_id: "milk",
      final_reward: 1,
      error: null,
    });
    const [first, last] = played.episode_steps;
    const system = { role: "system", content: env.systemPrompt };
    const wish = { role: "user", content: "Milk, please." };
    expect(first).toMatchObject({
      state: [system, wish],
      action: { role: "assistant", content: milk },
      reward: 0,
      done: false,
      timestep: 0,
      temperature: 0.7,
    });
    expect(first!.next_obs).toEqual([{ role: "tool", content: expect.stringContaining("Buy milk") }]);
    expect(last!.state).toEqual([system, wish, first!.action, ...first!.next_obs]);
    expect(last).toMatchObject({
      reward: 1,
      done: true,
      timestep: 1,
      unique_data_sample_id: 0,
      generation_id: 2,
      batch_id: 4,
      return_: -2,
      state_len: 0,
    });
    expect(last!.tools).toBe(env.tools);
    expect(seen).toEqual(played.episode_steps);
  });

  test("holds the conversation with its grade, as results files want it", async () => {
    const { simulation } = await rollout({ env, policy: saying(milk, bye), generationId: 2 });
    expect(simulation).toMatchObject({ task_id: "milk", termination_reason: "user_stop", trial: 2, seed: 0, reward_info: { reward: 1 } });
    expect(simulation!.info).toMatchObject({ tau2: { report: { components: { DB: { status: "met" } } } } });
  });

  test("is plain data", async () => {
    const played = await rollout({ env, policy: saying(milk, bye) });
    expect(JSON.parse(JSON.stringify(played))).toEqual(JSON.parse(JSON.stringify(structuredClone(played))));
    expect(structuredClone(played)).toEqual(played);
  });

  test("plays a model's calls that came through its endpoint, with their ids", async () => {
    const tool_calls = [{ id: "x7", type: "function" as const, function: { name: "get_users", arguments: "{}" } }];
    const shown: unknown[] = [];
    const policy = ({ state, messages }: PolicyTurn) => {
      shown.push(messages.slice(2));
      return state.timestep === 0 ? { content: null, tool_calls } : null;
    };
    const { episode_steps } = await rollout({ env, policy });
    const answer = { role: "tool", content: expect.stringContaining("Ada"), tool_call_id: "x7" };
    expect(episode_steps[0]!.next_obs).toEqual([answer]);
    expect(shown[1]).toEqual([{ role: "assistant", content: null, tool_calls }, answer]);
  });

  test("that the model leaves has the reward of its last step", async () => {
    expect(await rollout({ env, policy: saying(milk) })).toMatchObject({
      final_reward: 0,
      error: null,
      simulation: { termination_reason: "max_steps" },
    });
  });

  test("that the limit of turns truncated is stored with `max_steps`", async () => {
    const short = getEnv("tau2bench", { ...onChores, max_turns: 1, is_async: true });
    const { final_reward, episode_steps, simulation } = await rollout({ env: short, policy: () => milk });
    expect(episode_steps.map(({ truncated }) => truncated)).toEqual([false, true]);
    expect(final_reward).toBe(0);
    expect(simulation).toMatchObject({ termination_reason: "max_steps", reward_info: { reward: 0 } });
    expect(simulation!.messages!.at(-1)).toMatchObject({ role: "tool", turn_idx: 5 });
  });

  test("runs on the environment without promises as well", async () => {
    const sync = getEnv("tau2bench", onChores);
    const {
      seconds: _,
      simulation: __,
      ...one
    } = await rollout({ env: sync, policy: saying(milk, bye), signal: new AbortController().signal });
    const { seconds: ___, simulation: ____, ...other } = await rollout({ env, policy: saying(milk, bye) });
    expect(one).toEqual(other);
  });

  test("has ids and log-probabilities where there is a tokenizer, and a policy that can tell", async () => {
    const policy = { name: "p", act: saying("ab"), score: (tokens: readonly number[]) => tokens.map((_, i) => -i) };
    const tokenizer = {
      encode: (messages: readonly { content: string | null }[], { addGenerationPrompt }: { addGenerationPrompt: boolean }) =>
        messages
          .flatMap(({ content }) => [0, ...Array.from(content!.slice(0, 2), Number.isFinite)])
          .map(Number)
          .concat(addGenerationPrompt ? [9] : []),
    };
    const [step] = (await rollout({ env, policy, tokenizer })).episode_steps;
    expect([step!.state_len, step!.state_action_tokens.length, step!.old_logprobs]).toEqual([7, 9, [-7, -8]]);
    const known = await rollout({
      env,
      policy: ({ state }) => (state.timestep === 0 ? { content: "ab", logprobs: [-0.1] } : null),
      tokenizer,
    });
    expect(known.episode_steps[0]!.old_logprobs).toEqual([-0.1]);
  });

  test("gives the policy a seed of the episode's own, the same each time", async () => {
    const seeds = async (seed?: number) => {
      const got: (number | null)[] = [];
      const policy = (turn: PolicyTurn) => {
        got.push(turn.seed);
        return turn.state.timestep === 0 ? milk : null;
      };
      for (const generationId of [0, 1]) await rollout({ env, policy, seed, generationId });
      return got;
    };
    const [a, again, b] = await seeds(7);
    expect(again).toBe(a);
    expect(b).not.toBe(a);
    expect(await seeds(7)).toContain(a);
    expect(await seeds(8)).not.toContain(a);
    expect(await seeds()).toEqual([null, null, null, null]);
  });
});

describe("a failed rollout has the reward null, and names the participant that failed", () => {
  test("the user's model", async () => {
    const model = scriptedModel(["Milk, please.", new ModelError("transient", "overloaded")]);
    const broken = getEnv("tau2bench", { ...onChores, user: model, is_async: true });
    const played = await rollout({ env: broken, policy: saying(milk, bye) });
    expect(played).toMatchObject({
      final_reward: null,
      simulation: null,
      error: { role: "user", class: "infrastructure", message: "overloaded" },
    });
    expect(played.episode_steps.map(({ reward }) => reward)).toEqual([0, null]);
  });

  test("the user's model on reset: then the policy is not called", async () => {
    const broken = getEnv("tau2bench", { ...onChores, user: scriptedModel([new ModelError("timeout", "late")]), is_async: true });
    const policy = () => expect.unreachable("the episode is over");
    expect(await rollout({ env: broken, policy })).toMatchObject({ final_reward: null, episode_steps: [], error: { class: "timeout" } });
  });

  test("the policy", async () => {
    const policy = ({ state }: PolicyTurn) => {
      if (state.timestep === 0) return milk;
      throw new ModelError("transient", "no GPU");
    };
    const played = await rollout({ env, policy });
    expect(played).toMatchObject({
      final_reward: null,
      simulation: null,
      error: { role: "agent", class: "infrastructure", message: "no GPU" },
    });
    expect(played.episode_steps).toHaveLength(1);
    expect(await rollout({ env, policy: () => null })).toMatchObject({
      final_reward: null,
      error: { class: "agent", message: expect.stringContaining("did not answer") },
    });
  });

  test("the judge", async () => {
    const judge = { judge: () => Promise.reject(new Error("judge down")) };
    const judged = getEnv("tau2bench", { ...onChores, judge, is_async: true });
    const played = await rollout({ env: judged, policy: saying(milk, bye), sampleId: 2 });
    expect(played).toMatchObject({
      final_reward: null,
      error: { class: "judge" },
      simulation: { termination_reason: "user_stop", reward_info: null },
    });
  });

  test("a task that requires a missing judge", async () => {
    const played = await rollout({ env, policy: saying(milk), sampleId: 2 });
    expect(played).toMatchObject({
      task_id: "polite",
      final_reward: null,
      episode_steps: [],
      error: { message: expect.stringContaining("without_judge") },
    });
  });
});

describe("policies without a key", () => {
  test("gold plays the solution, noop does nothing", async () => {
    const keyless = getEnv("tau2bench", { ...onChores, user: userSaying("Milk, please.", "Good. ###STOP###"), is_async: true });
    expect(await rollout({ env: keyless, policy: goldPolicy() })).toMatchObject({ policy: "gold", final_reward: 1 });
    const idle = await rollout({ env: keyless, policy: noopPolicy() });
    expect(idle).toMatchObject({ policy: "noop", final_reward: 0 });
    expect(idle.episode_steps[0]!.action.tool_calls).toMatchObject([{ id: "call_1_1", function: { name: "respond_user" } }]);
  });

  test("any agent can be one: its words go to the user, its calls are made", async () => {
    const policy = agentPolicy("mine", ({ task }) => ({
      implementation: "mine",
      model: null,
      respond: async ({ messages }) => ({
        role: "assistant",
        content: messages.length > 3 ? `All of ${task.id} is done.` : null,
        tool_calls:
          messages.length > 3
            ? null
            : [{ id: "", name: "create_task", arguments: { user_id: "user_1", title: "Buy milk" }, requestor: "assistant" }],
      }),
    }));
    expect(await rollout({ env, policy })).toMatchObject({ policy: "mine", final_reward: 1, episode_steps: { length: 2 } });
  });

  test("a value that is not a policy is refused before the first episode", async () => {
    await expect(rollout({ env, policy: null as never })).rejects.toThrow("give a policy, a model, or a function");
  });
});

describe("a rollout of an AgentEnv", () => {
  const { domain, data } = onChores;

  test("plays the task of the environment, whose own episode does not change", async () => {
    const agentEnv = new AgentEnv({ domain, data, taskId: "milk", user: userSaying("Milk, please.") });
    await agentEnv.reset();
    const before = agentEnv.snapshot();
    const played = await rollout({ env: agentEnv, policy: saying(milk, bye) });
    expect(played).toMatchObject({ split: "train", task_id: "milk", final_reward: 1, error: null });
    expect(played.episode_steps[0]!.tools!.at(-1)!.name).toBe("respond_user");
    expect(agentEnv.snapshot()).toBe(before);
  });

  test("is cut off by maxSteps as the environment's own episodes are", async () => {
    const agentEnv = new AgentEnv({ domain, data, taskId: "milk", user: userSaying("Milk, please.", "And?", "And?"), maxSteps: 3 });
    const ask = written("respond_user", { text: "Anything else?" });
    const played = await rollout({ env: agentEnv, policy: saying(ask, ask, ask, ask) });
    expect(played).toMatchObject({ final_reward: 0, error: null, simulation: { termination_reason: "max_steps" } });
  });

  test("plays the tasks of the default split if the environment does not name one", async () => {
    const agentEnv = new AgentEnv({ domain, data, user: userSaying("Milk, please.") });
    const ids = await Promise.all(
      [0, 1, 2, 3].map(async (sampleId) => (await rollout({ env: agentEnv, policy: noopPolicy(), sampleId })).task_id),
    );
    expect(ids).toEqual(["milk", "note", "polite", "resumed"]);
  });

  test("needs a user", async () => {
    const solo = new AgentEnv({ domain, data, taskId: "milk", solo: true });
    await expect(rollout({ env: solo, policy: noopPolicy() })).rejects.toMatchObject({ code: "unsupported" });
  });
});
