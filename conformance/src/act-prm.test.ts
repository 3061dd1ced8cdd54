import { afterAll, expect, test } from "vitest";
import { messageDigest } from "./act-prm/message-digest.ts";
import { actPrm } from "./kinds/act-prm.ts";
import { Bench } from "./testing/bench.ts";

const bench = new Bench();
afterAll(() => bench.remove());

const config = { name: "tau2bench", task_split: "base", num_test_tasks: 1, num_train_tasks: 0, max_turns: 3, split: "test" };
const answer = '{"task_id": "task_2", "title": "Call mum", "description": null, "status": "pending"}';
const nothing = { call_id: null, name: null, arguments: null };
const call = {
  role: "assistant",
  type: "function_call",
  text: null,
  call_id: "c1",
  name: "create_task",
  arguments: { user_id: "user_2", title: "Call mum" },
};
const bye = {
  role: "assistant",
  type: "function_call",
  text: null,
  call_id: "c2",
  name: "respond_user",
  arguments: { text: "It is task_2." },
};
const place = { sample_id: 3, generation_id: 1, batch_id: 0, try_step: 0, task_id: "add", first_obs_to_show: 2, last_obs_to_show: null };
const infoKeys = ["correct", "total", "reward", "done", "truncated", "made_tool_call", "task_id"];
const running = ["policy", "reward_info", "simulation_run", "task", "tools"];

function result(timestep: number, new_messages: object[], end: { reward: number; done: boolean; correct: number }, more: object = {}) {
  const metadata = {
    correct: end.correct,
    total: 1,
    reward: end.reward,
    done: end.done,
    truncated: false,
    made_tool_call: true,
    task_id: "add",
  };
  const same = { same_system_prompt: true, same_tools: true, model_response: null };
  return {
    state: { ...place, ...same, new_messages, timestep, metadata, prior_messages: [] },
    reward: end.reward,
    done: end.done,
    truncated: false,
    info: metadata,
    info_keys: infoKeys,
    tau2: { info_keys: running, ...more },
  };
}

const graded = {
  termination_reason: "user_stop",
  num_messages: 6,
  reward: 1,
  reward_basis: ["DB", "COMMUNICATE"],
  reward_breakdown: { DB: 1, COMMUNICATE: 1 },
};
const first = {
  parsed_actions: [call],
  parsed_from_text: false,
  model_response: null,
  context: "none",
  llm_calls: [],
  result: result(1, [{ role: "tool", type: "function_call_output", call_id: "c1", output: answer }], {
    reward: 0,
    done: false,
    correct: 0,
  }),
};
const last = {
  parsed_actions: [bye],
  parsed_from_text: false,
  model_response: null,
  context: "none",
  llm_calls: ["user"],
  result: result(
    2,
    [{ role: "tool", type: "function_call_output", call_id: "c2", output: "Message sent to user." }],
    { reward: 1, done: true, correct: 1 },
    graded,
  ),
};
const episode = {
  kind: "act_prm",
  id: "right",
  domain: "mock",
  config,
  split: "test",
  sample_idx: 3,
  generation_idx: 1,
  try_step: 0,
  batch_idx: 0,
  user_script: [{ content: "Please add 'Call mum'." }, { content: "Bye ###STOP###" }],
  judge: true,
  env_len: 1,
  reset: {
    state: {
      ...place,
      new_messages: [{ role: "user", content: "Please add 'Call mum'." }],
      timestep: 0,
      metadata: { correct: 0, total: 1 },
      model_response: null,
      prior_messages: [],
      system_prompt_sha256: "theirs",
      system_prompt_chars: 1,
      tools: [
        {
          name: "create_task",
          required: ["user_id", "title"],
          properties: { user_id: "string", title: "string", description: "string|null" },
        },
        { name: "get_users", required: [], properties: {} },
        { name: "update_task_status", required: ["task_id", "status"], properties: { task_id: "string", status: "string" } },
        { name: "transfer_to_human_agents", required: ["summary"], properties: { summary: "string" } },
        { name: "done", required: [], properties: {} },
        { name: "respond_user", required: ["text"], properties: { text: "string" } },
      ],
    },
    llm_calls: ["user"],
    tau2: { info_keys: ["policy", "simulation_run", "task", "tools"] },
  },
  steps: [first, last],
};

test("episodes are compared in every state, in rewards, and in the requests to models", async () => {
  const wrong = (more: object, change: (step: typeof last.result) => object) => ({
    ...episode,
    ...more,
    steps: [first, { ...last, result: change(last.result) }],
  });
  bench.write(
    "act_prm",
    episode,
    { ...episode, env_len: 2 },
    { ...episode, steps: [first, { ...last, llm_calls: [] }] },
    wrong({}, (step) => ({ ...step, reward: 0 })),
    wrong({}, (step) => ({ ...step, state: { ...step.state, timestep: 1 } })),
    wrong({}, (step) => ({ ...step, info_keys: [] })),
    wrong({}, (step) => ({ ...step, tau2: { ...step.tau2, num_messages: 5 } })),
    wrong({}, (step) => ({ ...step, state: { ...step.state, prior_messages: [{ role: "system", content: "<<system>>" }] } })),
  );
  expect((await bench.run(actPrm)).total).toEqual({ passed: 1, failed: 7, skipped: 0 });
});

test("where another role failed, our reward is null and theirs 0 or an exception; everything else counts", async () => {
  const user_script = [episode.user_script[0], { error: { type: "TimeoutError", message: "gone" } }];
  const confirmed = [{ role: "tool", type: "function_call_output", call_id: "c2", output: "Message sent to user." }];
  const broken = { ...last, result: result(2, confirmed, { reward: 0, done: true, correct: 0 }) };
  bench.write(
    "act_prm",
    { ...episode, user_script, steps: [first, broken] },
    { ...episode, user_script, steps: [first, { ...broken, result: { ...broken.result, done: false } }] },
    { ...episode, user_script, steps: [first, { ...last, result: undefined, exception: { type: "TimeoutError", message: "gone" } }] },
    { ...episode, user_script, steps: [first, { ...last, result: undefined, exception: { type: "TimeoutError", message: "else" } }] },
  );
  const tally = await bench.run(actPrm);
  expect(tally.total).toEqual({ passed: 2, failed: 2, skipped: 0 });
  expect(tally.partial.map(({ count }) => count)).toEqual([2]);
});

test("the pure functions are compared; mended defects are left out and nothing else", async () => {
  const message = { role: "assistant", type: "message", text: "f", ...nothing };
  const wrapped = {
    role: "assistant",
    type: "function_call",
    text: '{"name": "f", "arguments": {}}',
    call_id: null,
    name: "f",
    arguments: { arguments: "{}" },
  };
  const hide = { kind: "hide_observations", ctor: { hide_observations: true }, call: {} };
  const messages = [
    { role: "system", content: "s" },
    { role: "user", content: "u" },
  ];
  const splits = {
    kind: "splits",
    config: { domain: "mock", task_split: "base", num_train_tasks: 1, num_val_tasks: null, num_test_tasks: 0 },
  };
  const returns = {
    kind: "returns",
    discount_factor: 1,
    mean_center: true,
    final_rewards_arg: null,
    trajectories: [
      { rewards: [0, 1], dones: [false, true], final_reward: 1, last_value: 0 },
      { rewards: [0], dones: [true], final_reward: 0, last_value: 0 },
    ],
    out: {
      returns: [[1, 1], [0]],
      first_returns: [1, 0],
      final_rewards: [1, 0],
      correct: [true, false],
      advantages: [[0.5, 0.5], [-0.5]],
      step_advantages: [[-2, -2], [-2]],
      step_advantage_is_computed: [[false, false], [false]],
      step_returns: [[1, 1], [0]],
    },
    keep_top_k: { k: 1, order: [0], final_rewards: [1], first_returns: [1], advantages: [[0.5, 0.5]] },
    buffer: {
      size: 2,
      keys: [
        "state",
        "action",
        "next_obs",
        "tools",
        "old_logprobs",
        "return",
        "advantage",
        "split",
        "batch_id",
        "try_step",
        "data_sample_id",
      ],
      returns: [1, 1],
      advantages: [-2, -2],
    },
  };
  bench.write(
    "act_prm",
    { kind: "get_actions", text: "f", actions: [message] },
    { kind: "get_actions", text: "f", actions: [] },
    { kind: "get_actions", text: `<tool_call>${wrapped.text}</tool_call>`, actions: [wrapped] },
    { kind: "get_actions", text: `<tool_call>${wrapped.text}</tool_call>`, actions: [{ ...wrapped, name: "g" }] },
    { kind: "parse_observation", in: "user: a", out: "a" },
    { kind: "parse_observation", in: "user: a", out: "user: a" },
    { ...hide, messages, out: [messages[0], { role: "user", content: "..." }] },
    { ...hide, messages, out: messages },
    { ...splits, out: { train: ["add"], eval: [], test: [] } },
    { ...splits, out: { train: [], eval: [], test: [] } },
    returns,
    { ...returns, out: { ...returns.out, advantages: [[1, 1], [0]] } },
  );
  expect((await bench.run(actPrm)).total).toEqual({ passed: 6, failed: 6, skipped: 0 });
});

test("rollouts are compared step by step, and in their metrics; the length of our prompt is ignored", async () => {
  const says = (name: string, args: object) => `<tool_call>${JSON.stringify({ name, arguments: args })}</tool_call>`;
  const script = [says("create_task", call.arguments), says("respond_user", bye.arguments)];
  const shown = [
    { role: "system", content: "x" },
    { role: "user", content: "Please add 'Call mum'." },
    { role: "assistant", content: script[0]! },
    { role: "tool", content: answer },
  ];
  const lengthOf = (messages: { role: string; content: string }[]) =>
    messages.map(({ role, content }) => `<${role}>${role === "system" ? "" : content}</>`).join("").length + "<assistant>".length;
  const step = (timestep: number, next_obs: object[], reward: number, return_: number) => ({
    state_digest: messageDigest(shown.slice(0, 2 + 2 * timestep)),
    action: { role: "assistant", content: script[timestep] },
    next_obs,
    tools: 6,
    state_len_minus_system: lengthOf(shown.slice(0, 2 + 2 * timestep)),
    num_action_tokens: `${script[timestep]}</>`.length,
    reward,
    done: timestep === 1,
    truncated: false,
    timestep,
    try_step: 0,
    batch_id: 4,
    unique_data_sample_id: 0,
    generation_id: 0,
    split: "test",
    return_,
    advantage: return_,
    advantage_is_computed: true,
    return_is_computed: true,
  });
  const figure = (name: string, value: number, max = value) => ({
    [`test/try_0/${name}`]: value,
    [`test/try_0/${name}_std`]: 0,
    [`test/try_0/${name}_max`]: max,
  });
  const metrics = {
    ...figure("final_reward", 1),
    ...figure("first_return", 0.5),
    ...figure("action_prob", 0),
    ...figure("last_state_len", 5000),
    ...figure("timesteps", 1),
    ...figure("correct", 1),
    ...figure("total", 1),
    "test/try_0/accuracy": 1,
  };
  const steps = [step(0, [{ role: "tool", content: answer }], 0, 0.5), step(1, [{ role: "tool", content: "Message sent to user." }], 1, 1)];
  const trajectory = {
    final_reward: 1,
    first_return: 0.5,
    correct: true,
    returns: [0.5, 1],
    last_state_len_minus_system: lengthOf(shown),
    episode_steps: steps,
  };
  const line = {
    kind: "rollout",
    config: { ...config, domain: "mock", is_async: true },
    split: "test",
    sample_idx: 0,
    generator: { discount_factor: 0.5, mean_center: false },
    checkpoint_name: null,
    user_script: episode.user_script,
    judge: true,
    model_scripts: [script],
    metrics,
    trajectories: [trajectory],
  };
  bench.write(
    "act_prm",
    line,
    { ...line, checkpoint_name: "best" },
    { ...line, metrics: { ...metrics, "test/try_0/first_return": 1 } },
    { ...line, trajectories: [{ ...trajectory, returns: [1, 1] }] },
    { ...line, trajectories: [{ ...trajectory, episode_steps: steps.slice(1) }] },
    { ...line, trajectories: [{ ...trajectory, episode_steps: [{ ...steps[0], state_digest: messageDigest([]) }, steps[1]] }] },
    { ...line, trajectories: [{ ...trajectory, episode_steps: [{ ...steps[0], num_action_tokens: 1 }, steps[1]] }] },
  );
  expect((await bench.run(actPrm)).total).toEqual({ passed: 1, failed: 6, skipped: 0 });
});
