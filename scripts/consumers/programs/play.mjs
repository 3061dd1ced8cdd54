// A consumer's program: calls a tool on starter data, plays an episode, and has a user model asked by the worker thread.
import { airline } from "@tau2/domains/airline";
import { loadData, loadEnvironment } from "@tau2/domains/data";
import { mock } from "@tau2/domains/mock";
import { AgentEnv } from "@tau2/gym";
import { getEnv } from "@tau2/gym/training";

const environment = loadEnvironment(airline);
const [userId] = Object.keys(loadData(airline).db.users);
const answer = environment.call("get_user_details", { user_id: userId });
if (answer.error || !answer.content.includes(userId)) throw new Error(`get_user_details answered ${answer.content}`);

async function play() {
  const env = new AgentEnv({ domain: mock, taskId: "create_with_title" });
  await env.reset({ seed: 7 });
  await env.step("create_task(user_id='user_4', title='Prepare the fire drill')");
  const { reward, terminated } = await env.step("It is on your list.");
  if (reward !== 1 || !terminated) throw new Error(`the episode ended with reward ${reward}, terminated ${terminated}`);
}

// A user model makes this environment start its worker file, and read the guidelines of the user.
function askUserModel() {
  const asked = getEnv("tau2bench", { domain: "mock", user_llm: "consumer", user_base_url: process.env.CONSUMER_MODEL_URL });
  const { new_messages, tau2_info } = asked.reset({ sample_idx: 0, generation_idx: 0 });
  if (tau2_info.error) throw new Error(tau2_info.error.message);
  if (!new_messages[0]?.content.includes("from the model")) throw new Error(`the user said ${JSON.stringify(new_messages)}`);
}

play().then(
  () => {
    if (process.env.CONSUMER_MODEL_URL) askUserModel();
    console.log("played");
    process.exit(0);
  },
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
