// Without arguments the user is a scripted one and does not need a key. `node snippet.mjs MODEL BASE_URL` has it played by a model.
import { strict as assert } from "node:assert";
import { getEnv } from "@tau2/gym/training";

const [userLlm, baseUrl] = process.argv.slice(2);
const env = getEnv("tau2bench", {
  domain: "airline",
  ...(userLlm ? { user_llm: userLlm, user_base_url: baseUrl, user_llm_args: { temperature: 0, max_tokens: 64 } } : { user: "scripted" }),
  num_train_tasks: 5,
  num_test_tasks: 2,
});
console.log(`Number of train tasks: ${env.length}`);

const state = env.reset({ sample_idx: 0, generation_idx: 0 });
console.log(`Tools: ${state.tools.map(({ name }) => name).join(", ")}`);
console.log(`Initial message: ${state.new_messages[0].content}`);

const action = {
  type: "function_call",
  call_id: "call_0",
  name: "respond_user",
  arguments: { text: "Good morning! How can I help you?" },
};
const result = env.step({ parsed_actions: [action], model_response: null, current_state: state, current_messages: [] });
console.log(`Done: ${result.done}, Reward: ${result.reward}`);
for (const message of result.state.new_messages) console.log(message);
env.close();

assert.equal(env.length, 5);
assert.equal(state.metadata.error, undefined);
assert.deepEqual(state.tools.map(({ name }) => name).slice(-2), ["done", "respond_user"]);
assert.deepEqual(result.state.new_messages[0], {
  role: "tool",
  type: "function_call_output",
  call_id: "call_0",
  output: "Message sent to user.",
});
assert.equal(result.info.error, undefined);
