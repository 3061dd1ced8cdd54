// The same with a user that is a model behind an endpoint, called without promises: this thread blocks until it has answered.
// The endpoint is a stand-in in a process of its own; any OpenAI-compatible one will do.
import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const endpoint = spawn(process.execPath, [fileURLToPath(new URL("endpoint.mjs", import.meta.url))], {
  stdio: ["ignore", "pipe", "inherit"],
});
const [port] = await once(endpoint.stdout, "data");

for (const { getEnv } of [await import("@tau2/gym/training"), createRequire(import.meta.url)("@tau2/gym/training")]) {
  const env = getEnv("tau2bench", { domain: "airline", user_llm: "stand-in", user_base_url: `http://127.0.0.1:${Number(port)}/v1` });
  const state = env.reset({ sample_idx: 1 });
  assert.deepEqual(state.new_messages, [{ role: "user", content: "Good morning." }]);
  const action = { type: "function_call", name: "respond_user", arguments: { text: "What can I do for you?" } };
  const { done, reward, info } = env.step({ parsed_actions: [action], current_state: state });
  assert.deepEqual([done, reward, info.error], [true, 0, undefined]);
  env.close();
}
console.log("A model played the user, through import and through require.");
endpoint.kill();
