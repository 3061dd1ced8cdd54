import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { loadReplayBuffer } from "@tau2/gym/training";
import { beforeAll, describe, expect, it } from "vitest";
import { rolloutsIn } from "./rollout-log.ts";
import { emptyFolder, line, type Ran } from "./tau2.ts";

const smoke = "rollout --env_config tau2bench/smoke --policy gold";

describe("without a model", () => {
  const cwd = emptyFolder();
  let ran: Ran;
  let folder: string;
  beforeAll(async () => {
    ran = await line(`${smoke} --max_steps 50 --group_size 2 --batch_size 3 --seed 42 --replicate b --is_async`, { cwd });
    folder = join(cwd, "logs", readdirSync(join(cwd, "logs"))[0]!);
  });

  it("the gold policy plays the solutions, and the output names the scripted user", () => {
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("airline (starter data): 4 tasks of train × 2 attempts, 16 at a time; the gold policy, user scripted");
    expect(ran.stderr).toContain("so a script plays the user. Name a model with --user-llm.");
  });

  it("a table tells mean reward, pass@1, pass^k, turns and errors", () => {
    expect(ran.stdout).toMatch(/^tasks of +tasks +episodes +mean reward +pass@1 +pass\^2 +turns +truncated +errors +time each\n/);
    expect(ran.stdout).toMatch(/\ntrain +4 +8 +1\.0000 +1\.000 +1\.000 +\d\.\d +0 +0 /);
  });

  it("the run's name can be read by a person", () => {
    expect(folder).toMatch(/\/tau2bench-smoke_gold_seed42_replicateb_\d{8}-\d{6}$/);
  });

  it("every episode is in the log, with the batch that its task is in", () => {
    const rollouts = rolloutsIn(folder);
    expect(rollouts).toHaveLength(8);
    expect(new Set(rollouts.map(({ sample_id, generation_id }) => `${sample_id}.${generation_id}`)).size).toBe(8);
    for (const { sample_id, batch_id, steps } of rollouts) {
      expect([batch_id, steps[0]!.batch_id]).toEqual([sample_id < 3 ? 0 : 1, sample_id < 3 ? 0 : 1]);
    }
  });

  it("the metrics of each batch and of the whole are in metrics.jsonl, by act-prm's names", () => {
    const lines = readFileSync(join(folder, "metrics.jsonl"), "utf8").trimEnd().split("\n");
    const metrics = lines.map((text) => JSON.parse(text) as Record<string, number>);
    expect(metrics.map(({ step }) => step)).toEqual([0, 1, 1]);
    expect(metrics[0]).toMatchObject({
      "train/try_0/final_reward": 1,
      "train/try_0/total": 6,
      "train/try_0/errors": 0,
      "progress/done_frac": 0.5,
    });
    expect(metrics[2]).toMatchObject({ "rollouts/train/try_0/pass^2": 1, "rollouts/train/try_0/episodes": 8 });
  });

  it("the replay buffer holds every step with its return", async () => {
    const { buffer } = await loadReplayBuffer(join(cwd, "checkpoints", basename(folder), "replay_buffer"));
    expect(buffer).toHaveLength(rolloutsIn(folder).reduce((sum, { steps }) => sum + steps.length, 0));
    expect(buffer.at(-1)).toMatchObject({ return: 1, split: "train" });
  });

  it("config.json has every key with where it comes from, those that only training uses among them", async () => {
    const config = JSON.parse(readFileSync(join(folder, "config.json"), "utf8")) as Record<string, Record<string, unknown>>;
    expect(config["environment"]).toMatchObject({ max_steps: { value: 50, source: "--max-steps" }, max_turns: { value: 5 } });
    expect(Object.keys(config)).toEqual(["program", "environment", "generator", "trainer", "replay_buffer"]);
    const again = await line(`${smoke} --trainer_config qwen3_4b_pg --learning_rate 1 --group_size 1 --run_name kept`, { cwd });
    expect(again.stderr).toContain("Without --trainer no weights change");
    expect(JSON.parse(readFileSync(join(cwd, "logs/kept/config.json"), "utf8"))).toMatchObject({
      trainer: { learning_rate: { value: 1 } },
    });
  });
});

describe("selection of episodes", () => {
  it("is nothing that helps, with the no-op policy", async () => {
    expect((await line("rollout --env_config tau2bench/smoke --policy noop")).stdout).toMatch(/\ntrain +4 +4 +0\.0000 +0\.000 /);
  });

  it("is another list, with its own number of attempts; and nothing of it gets into the replay buffer", async () => {
    const cwd = emptyFolder();
    const { stdout } = await line(`${smoke} --split test --group_size 5 --eval_group_size 2 --eval_num_tries 2`, { cwd });
    expect(stdout).toMatch(/tasks of +try +tasks/);
    expect(stdout).toMatch(/\ntest +0 +2 +4 /);
    expect(stdout).toMatch(/\ntest +1 +2 +4 /);
    expect(existsSync(join(cwd, "checkpoints"))).toBe(false);
  });

  it("ends after so many batches", async () => {
    expect((await line(`${smoke} --batch_size 1 --num_batches 2`)).stdout).toMatch(/\ntrain +2 +2 /);
  });

  it("is the eval list of another environment as well, when one is named", async () => {
    const { stdout, stderr } = await line(`${smoke} --eval_env_config tau2bench/retail --num_test_tasks 2 --max_steps 50`);
    expect(stderr).toContain("then 2 tasks of eval (retail)");
    expect(stdout).toMatch(/\ntrain +4 +4 +1\.0000 .*\neval +2 +2 +1\.0000 /);
  });

  it("is cut off by the limits of the options, which is not an error", async () => {
    expect((await line(`${smoke} --max_turns 1 --max_steps 50`)).stdout).toMatch(/\ntrain +4 +4 +0\.\d+ +0\.\d+ +2\.0 +[34] +0 /);
  });

  it("needs a judge where a task asks for one; without any model that part is left out, and said so", async () => {
    const { stderr, code } = await line("rollout --env_config tau2bench/retail --policy gold");
    expect(code).toBe(0);
    expect(stderr).toMatch(/\d+ tasks of \d+ need a judge, and --judge-llm is not set: .* left out of the reward/);
    const refused = await line("rollout --env_config tau2bench/retail --policy gold --without_judge error");
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain("leave out what it would judge with --without-judge not_graded");
  });
});

describe("display", () => {
  it("with --json is one document", async () => {
    const { stdout } = await line(`${smoke} --json`);
    expect(JSON.parse(stdout)).toMatchObject({
      interrupted: false,
      figures: [{ list: "train", episodes: 4, errors: 0, pass_hat_k: { 1: 1 } }],
    });
  });

  it("with --verbose is every turn, in full with --streamer", async () => {
    const { stderr } = await line(`${smoke} --verbose --num_train_tasks 1`);
    expect(stderr).toContain("tau2bench [airline] train: 1 tasks");
    expect(stderr).toMatch(/train 0, generation 0, turn 1, batch 0\n {2}assistant: get_user_details\(.*\)\n {2}tool: \{.*…\n/);
    expect((await line(`${smoke} --streamer --num_train_tasks 1`)).stderr).toMatch(/ {2}tool: \{.*\}\n/);
    expect((await line(smoke)).stderr).not.toContain("turn 1, batch 0");
  });

  it("on a terminal is drawn in place and gone in the end, and no line is wider than the terminal", async () => {
    const { stderr, stdout } = await line(`${smoke} --is_async`, { terminal: 60, env: { NO_COLOR: "1" } });
    expect(stderr).toContain("train 4/4 · reward 1.00");
    expect(stderr.endsWith("\u001b[0J")).toBe(true);
    const table = stdout.slice(0, stdout.indexOf("\n\n"));
    expect(
      Math.max(
        ...stripVTControlCharacters(table)
          .split("\n")
          .map((text) => text.length),
      ),
    ).toBeLessThanOrEqual(60);
  });
});

it("every N-th batch is written step by step on request, without data that only a sampler has", async () => {
  const cwd = emptyFolder();
  await line(`${smoke} --batch_size 1 --save_rollouts_every 2 --run_name r`, { cwd });
  const files = readdirSync(join(cwd, "logs/r")).filter((name) => name.startsWith("steps-"));
  expect(files).toEqual(["steps-b001.jsonl", "steps-b003.jsonl"]);
  const step = JSON.parse(readFileSync(join(cwd, "logs/r/steps-b001.jsonl"), "utf8").split("\n")[0]!) as Record<string, unknown>;
  expect(step).toMatchObject({ return_is_computed: true, unique_data_sample_id: 1, split: "train" });
  expect(Object.keys(step)).not.toContain("state_action_tokens");
});
