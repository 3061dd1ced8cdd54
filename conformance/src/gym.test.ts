import { hashText } from "@tau2/domains/internal";
import { afterAll, expect, test } from "vitest";
import { gym } from "./kinds/gym.ts";
import { Bench } from "./testing/bench.ts";
import { messages, reward_info } from "./testing/conversation.ts";

const bench = new Bench();
afterAll(() => bench.remove());

const call = "create_task(title='Call mum', user_id='user_2')";
const answer = `tool: ${messages[3]!.content}`;
const simulation_run = {
  task_id: "add",
  termination_reason: "user_stop",
  reward_info: null,
  agent_cost: null,
  user_cost: 0,
  mode: "half_duplex",
  messages: messages.map((message) => JSON.parse(JSON.stringify(message).replace('"c1"', '""')) as object),
};
const episode = {
  kind: "gym",
  id: "right",
  env: "agent",
  domain: "mock",
  task_id: "add",
  solo_mode: false,
  max_steps: 10,
  all_messages_as_observation: false,
  counterpart_script: [messages[1], messages[5]],
  actions: [call, "Done: TASK_2", "Bye"],
  reset: {
    observation: "user: Please add 'Call mum'.",
    info: {
      task: "add",
      simulation_run: {},
      tools: ["create_task", "get_users", "update_task_status", "transfer_to_human_agents", "done"],
      policy_sha256: hashText("Be kind."),
    },
  },
  steps: [
    { observation: answer, reward: 0, terminated: false, truncated: false, info: { reward_info: {} } },
    { observation: "user: ###STOP###", reward: 1, terminated: true, truncated: false, info: { simulation_run, reward_info } },
    { observation: "", reward: 0, terminated: true, truncated: false, info: { simulation_run } },
  ],
  counterpart_used: 2,
  malformed: false,
};

test("episodes are compared in observations, rewards, ends and info", async () => {
  const [first, second, third] = episode.steps;
  bench.write(
    "gym",
    episode,
    { ...episode, id: "an observation", steps: [{ ...first, observation: "tool: 1" }, second, third] },
    {
      ...episode,
      id: "a grade",
      steps: [first, { ...second, info: { simulation_run, reward_info: { ...reward_info, reward: 0 } } }, third],
    },
    { ...episode, id: "a policy", reset: { ...episode.reset, info: { ...episode.reset.info, policy_sha256: "" } } },
    { ...episode, id: "a count", counterpart_used: 3 },
  );
  const tally = await bench.run(gym);
  expect(tally.total).toEqual({ passed: 1, failed: 4, skipped: 0 });
  expect(tally.failures.map(({ differences }) => differences[0]!.path)).toEqual([
    `steps[0] "${call}".observation`,
    'steps[1] "Done: TASK_2".info.reward_info.reward',
    "reset.info.policy_sha256",
  ]);
});

test("where tau2-bench throws, the steps before count and the later ones do not", async () => {
  const raises = { raises: { type: "TypeError", message: "not serializable" } };
  const line = { ...episode, actions: [call, "f(x=b'1')", "Bye"], steps: [episode.steps[0], raises, raises] };
  bench.write("gym", line, { ...line, steps: [{ ...episode.steps[0], reward: 1 }, raises, raises] });
  expect((await bench.run(gym)).total).toEqual({ passed: 0, failed: 1, skipped: 1 });
});

test("actions are compared as read and as written", async () => {
  const parsed = {
    kind: "parse_action",
    action: "f(a=1.0)",
    requestor: "assistant",
    content: null,
    tool_calls: [{ id: "", name: "f", arguments: { a: 1 }, requestor: "assistant", functional: "f(a=1.0)" }],
    raises: null,
  };
  const empty = { ...parsed, action: " ", tool_calls: null, raises: { type: "ValueError", message: "Action cannot be empty" } };
  const format = { kind: "format_call", name: "f", arguments: { b: "it's", a: null }, functional: "f(a=None, b='it\\'s')" };
  bench.write(
    "gym",
    parsed,
    empty,
    format,
    { ...parsed, content: "f(a=1.0)", tool_calls: null },
    { ...empty, raises: null },
    { ...format, functional: "f()" },
  );
  expect((await bench.run(gym)).total).toEqual({ passed: 3, failed: 3, skipped: 0 });
});
