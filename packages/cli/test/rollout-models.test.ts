import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startModelServer, type ModelServer, type ModelServerReply, type ModelServerRequest } from "@tau2/user-sim/testing";
import { afterEach, describe, expect, it } from "vitest";
import { rolloutsIn } from "./rollout-log.ts";
import { emptyFolder, line, tau2 } from "./tau2.ts";

let server: ModelServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** An endpoint with two models: `p`, the policy, which says something and is done when it is answered, and `u`, the user. */
async function endpoint(more: (request: ModelServerRequest) => ModelServerReply | null = () => null): Promise<string> {
  server = await startModelServer(
    (request) => more(request) ?? (request.method === "GET" ? { status: 200, body: { data: [] } } : reply(request.body)),
  );
  return server.baseUrl;
}

function reply(body: ModelServerRequest["body"]): ModelServerReply {
  if (body["model"] === "u") return "I would like to change a flight.";
  const isAnswered = (body["messages"] as { role: string }[]).some(({ role }) => role === "assistant");
  return {
    toolCalls: [{ id: "c1", name: isAnswered ? "done" : "respond_user", arguments: isAnswered ? {} : { text: "How can I help?" } }],
  };
}

const asked = (model: string) => server!.requests.filter(({ body }) => body["model"] === model);
const smoke = "rollout --env_config tau2bench/smoke --num_train_tasks 2";

/** Options of both programs of act-prm, as its read-me gives them. */
const shared = {
  verbose: "",
  generator_config: "aprm_qwen3_ap",
  seed: "42",
  env_config: "tau2bench/airline",
  replicate: "0",
  log_path: "./logs",
  replay_buffer_config: "default",
};
const command = (options: Record<string, string>) =>
  `rollout ${Object.entries({ ...shared, ...options })
    .map(([key, value]) => `--${key} ${value}`)
    .join(" ")}`;
const tinker = command({ model_name: "Qwen/Qwen3-4B-Instruct-2507", trainer_config: "qwen3_4b_aprm", is_async: "", lora_rank: "32" });
const pytorch = command({ trainer_config: "aprm_for_sft100", lora_config: "r16_a32_qkvo", model_config: "hf_qwen3_4b_inst_2507" });

describe("headers of each model in rollouts", () => {
  it("go to the endpoint of their role alone, and are not stored", async () => {
    const url = await endpoint();
    const cwd = emptyFolder();
    const words = `${smoke} --model_name p --base_url ${url} --user_llm u --user_base_url ${url} --run_name h`;
    const headers = ["--policy_header", "x-key=policy-secret", "--user_header", "x-key=user-secret", "--policy_reasoning", "all"];
    const { code, stdout, stderr } = await tau2([...words.split(" "), ...headers], { cwd });
    expect(code).toBe(0);
    expect(asked("p")[0]!.headers).toMatchObject({ "x-key": "policy-secret" });
    expect(asked("u")[0]!.headers).toMatchObject({ "x-key": "user-secret" });
    const left = readdirSync(join(cwd, "logs/h")).map((name) => readFileSync(join(cwd, "logs/h", name), "utf8"));
    expect([stdout, stderr, ...left].join("\n")).not.toMatch(/(policy|user)-secret/);
  });
});

describe("a model as the policy", () => {
  it("is called at its own endpoint with its own key and its tools, and sampled as the configurations say", async () => {
    const url = await endpoint();
    const words = `${smoke} --trainer_config qwen3_4b_pg --generator_config default_nothink --group_size 1 --model_name org/p --base_url ${url} --user scripted`;
    const { code, stdout } = await tau2(
      [...words.split(" "), "--stop_condition", "END", "--policy_args", '{"top_p":0.9}', "--policy_api_key_env", "KEY"],
      {
        env: { KEY: "secret" },
      },
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/\ntrain +2 +2 +0\.0000 +0\.000 +2\.0 +0 +0 /);
    const [{ headers, body }] = asked("org/p") as [ModelServerRequest];
    expect(headers.authorization).toBe("Bearer secret");
    expect(body).toMatchObject({
      temperature: 1,
      max_tokens: 1024,
      top_p: 0.9,
      stop: ["END"],
      chat_template_kwargs: { enable_thinking: false },
      seed: expect.any(Number) as number,
    });
    expect((body["tools"] as { function: { name: string } }[]).map((tool) => tool.function.name)).toEqual(
      expect.arrayContaining(["respond_user", "done"]),
    );
  });

  it("is the one that --model_config names, sampled as that file says where no trainer does", async () => {
    const url = await endpoint();
    await line(`${smoke} --model_config hf_qwen3_4b_inst_2507 --base_url ${url} --user scripted`);
    expect(asked("Qwen/Qwen3-4B-Instruct-2507")[0]!.body).toMatchObject({ temperature: 0.7 });
  });

  it("may make its calls in its own words", async () => {
    const url = await endpoint(({ body }) => (body["model"] === "p" ? 'Well. <call>{"name": "done", "arguments": {}}</call>' : null));
    const cwd = emptyFolder();
    const marks = ["--action_bos", "<call>", "--action_eos", "</call>", "--policy_tools", "text", "--run_name", "r"];
    await tau2([...smoke.split(" "), "--model_name", "p", "--base_url", url, "--user", "scripted", ...marks], { cwd });
    expect(asked("p")[0]!.body).not.toHaveProperty("tools");
    expect(rolloutsIn(join(cwd, "logs/r"))[0]).toMatchObject({ final_reward: 0, simulation: { termination_reason: "agent_stop" } });
  });

  it("talks with a model that plays the user and has an endpoint and a key of its own", async () => {
    const url = await endpoint();
    const { stderr } = await line(`${smoke} --model_name p --base_url ${url} --user_llm u --user_base_url ${url} --user_api_key_env U`, {
      env: { U: "user-key" },
    });
    expect(stderr).toContain("policy p, user u");
    expect(asked("u")[0]).toMatchObject({ headers: { authorization: "Bearer user-key" }, body: { temperature: 0, max_tokens: 512 } });
    expect(asked("p")[0]!.headers.authorization).not.toContain("user-key");
  });

  it("has attempts with seeds of their own, the same ones when it is run again", async () => {
    const url = await endpoint();
    const words = `${smoke} --model_name p --base_url ${url} --user scripted --group_size 3 --seed 7`;
    const seeds = async () => {
      await line(words);
      return server!.requests.flatMap(({ body }) => (body["model"] === "p" ? [body["seed"]] : []));
    };
    const first = new Set(await seeds());
    expect(first.size).toBe(6);
    expect(new Set(await seeds())).toEqual(first);
  });
});

describe("before anything is played", () => {
  it("a model without an endpoint is an error that says how to start one: nothing replaces it", async () => {
    for (const words of [tinker, pytorch]) {
      const cwd = emptyFolder();
      const { code, stdout, stderr } = await line(words, { cwd, env: { OPENAI_API_KEY: "k" } });
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain("policy's model Qwen/Qwen3-4B-Instruct-2507 needs an endpoint");
      expect(stderr).toContain("vllm serve Qwen/Qwen3-4B-Instruct-2507");
      expect(stderr).toContain("llama-server");
      expect(existsSync(join(cwd, "logs"))).toBe(false);
    }
  });

  it("act-prm's two commands run unchanged, once there is an endpoint", async () => {
    const url = await endpoint();
    const env = { OPENAI_BASE_URL: url };
    const few = " --num_train_tasks 1";
    const first = await line(tinker + few, { env });
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/\ntrain +1 +8 /) as string });
    expect(first.stderr).toContain("its rollouts in this environment are plain ones");
    const second = await line(pytorch + few, { env });
    expect(second).toMatchObject({ code: 0, stdout: expect.stringMatching(/\ntrain +1 +8 /) as string });
    expect(second.stderr).toContain("An adapter is a matter of the endpoint");
    expect(new Set(server!.requests.flatMap(({ body }) => body["model"] ?? []))).toEqual(
      new Set(["Qwen/Qwen3-4B-Instruct-2507", "gpt-4.1-2025-04-14"]),
    );
  });

  it("a user's model without a key or an endpoint, and a key that is not there, are errors", async () => {
    const url = await endpoint();
    expect((await line(`${smoke} --model_name p --base_url ${url}`)).stderr).toMatch(
      /no key for the user's model gpt-4\.1.*--user scripted/,
    );
    expect((await line(`${smoke} --policy gold --user_llm u`)).stderr).toContain("no key for the user's model u");
    expect((await line(`${smoke} --model_name p --base_url ${url} --policy_api_key_env NO`)).stderr).toContain(
      "the environment variable NO is not set",
    );
    expect((await line(smoke)).stderr).toContain("policy's model is missing: --model-name NAME");
    expect((await line(`${smoke} --model_name gpt-4.1`)).stderr).toContain("A model of OpenAI needs OPENAI_API_KEY instead");
  });

  it("an endpoint that does not answer, or refuses the key, is an error, and nothing is written", async () => {
    const url = await endpoint(() => ({ status: 401, body: { error: { message: "no" } } }));
    const cwd = emptyFolder();
    const words = `${smoke} --model_name p --base_url ${url} --user scripted`;
    expect((await line(words, { cwd, env: { OPENAI_API_KEY: "bad" } })).stderr).toContain(`${url} refuses the key (401)`);
    await server!.close();
    server = undefined;
    expect((await line(words, { cwd })).stderr).toContain(`the policy (p) cannot be asked: no answer from ${url}`);
    expect(existsSync(join(cwd, "logs"))).toBe(false);
  });
});

describe("a fault of another role", () => {
  it("is never a reward of 0: the episode lacks one, and is played when the run is resumed", async () => {
    let isDown = true;
    const url = await endpoint(({ body }) =>
      body["model"] === "u" && isDown ? { status: 500, body: { error: { message: "down" } } } : null,
    );
    const cwd = emptyFolder();
    const words = `${smoke} --model_name p --base_url ${url} --user_llm u --user_base_url ${url} --max_retries 0`;
    const broken = await line(words, { cwd });
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/\ntrain +2 +2 +- +- +- +0 +2 +-\n/);
    expect(broken.stderr).toMatch(/! task book_with_third_bag \(train 0, generation 0\): infrastructure fault, no reward: .*500/);
    const [name] = readdirSync(join(cwd, "logs"));
    expect(broken.stdout).toContain(`to resume it: tau2 rollout --resume-run --run-name ${name}`);

    isDown = false;
    const mended = await line(`rollout --resume_run --run_name ${name}`, { cwd });
    expect(mended).toMatchObject({ code: 0, stdout: expect.stringMatching(/\ntrain +2 +2 +0\.0000 +0\.000 +2\.0 +0 +0 /) as string });
    expect(rolloutsIn(join(cwd, "logs", name!)).map(({ final_reward }) => final_reward)).toEqual([null, null, 0, 0]);
  });
});
