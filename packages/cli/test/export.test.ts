import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readRollouts, writeSft } from "@tau2/gym/training";
import { readSft, readVerifiers } from "@tau2/gym/internal";
import { readResults } from "@tau2/orchestrator/results";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, line } from "./tau2.ts";

const cwd = emptyFolder();
const at = (...names: string[]) => join(cwd, "logs", ...names);
const smoke = "rollout --env_config tau2bench/smoke --policy gold";

beforeAll(async () => {
  await line(`${smoke} --run_name train --group_size 2 --eval_env_config tau2bench/retail --num_test_tasks 2`, { cwd });
  await line(`${smoke} --run_name test --split test --max_steps 50`, { cwd });
});

describe("tau2 export", () => {
  it("the first rollout of the README earns 1.00 in every episode", async () => {
    const { stdout } = await line(`${smoke} --group_size 2`, { cwd: emptyFolder() });
    expect(stdout).toMatch(/\ntrain +4 +8 +1\.0000 /);
  });

  it("--to sft writes what went well, with loss masks and the split", async () => {
    const { code, stdout } = await line("export logs/train --to sft", { cwd });
    expect(code).toBe(0);
    expect(stdout).toBe("8 conversations of 8 episodes in logs/train/sft.jsonl, read back and found whole\n");
    const conversations = await readSft(at("train", "sft.jsonl"));
    expect(conversations.map(({ split, is_test_task, reward }) => ({ split, is_test_task, reward }))).toEqual(
      Array.from({ length: 8 }, () => ({ split: "train", is_test_task: false, reward: 1 })),
    );
    await line("export logs/train --to sft --min_reward 0 --out all.jsonl", { cwd });
    expect(await readSft(join(cwd, "all.jsonl"))).toHaveLength(8);
  });

  it("--to sft writes what readRollouts and writeSft write", async () => {
    await line("export logs/train --to sft --out command.jsonl", { cwd });
    const { run, rollouts } = await readRollouts(at("train"));
    await writeSft(join(cwd, "program.jsonl"), run, rollouts);
    expect(readFileSync(join(cwd, "program.jsonl"), "utf8")).toBe(readFileSync(join(cwd, "command.jsonl"), "utf8"));
  });

  it("--to sft says so when nothing went well enough", async () => {
    await line("rollout --env_config tau2bench/smoke --policy noop --run_name noop", { cwd });
    const { code, stdout, stderr } = await line("export logs/noop --to sft", { cwd });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "0 conversations of 4 episodes in logs/noop/sft.jsonl, read back and found whole\n",
    });
    expect(stderr).toContain("No episode earned 1; the best earned 0. --min-reward says how much is enough.");
  });

  it("--to verifiers writes results.jsonl and metadata.json", async () => {
    const { stdout } = await line("export logs/train/rollouts.jsonl --to verifiers --with_trajectory --out vf --json", { cwd });
    expect(JSON.parse(stdout)).toEqual({ to: "verifiers", path: join(cwd, "vf"), written: 8, left_out: 0 });
    const { rows, metadata } = await readVerifiers(join(cwd, "vf"));
    expect(metadata).toMatchObject({
      num_examples: 4,
      rollouts_per_example: 2,
      avg_reward: 1,
      // The configuration names gpt-4.1; a script played.
      env_args: { max_turns: 5, user: "scripted", user_llm: null, user_llm_args: null },
      splits: ["train"],
    });
    expect(rows[0]!.trajectory![0]!.extras).toMatchObject({ return: expect.closeTo(0.729) as number });
  });

  it("--to results writes a file of tau2-bench's form, with the split in it", async () => {
    await line("export logs/train --to results", { cwd });
    const { simulations, info } = readResults(at("train", "results.json"));
    expect(info).toMatchObject({ num_trials: 2, agent_info: { implementation: "gold" }, user_info: { implementation: "scripted" } });
    expect(simulations).toHaveLength(8);
    expect(simulations[0]!.info).toMatchObject({ tau2: { rollout: { split: "train" } } });
  });

  it("of test tasks needs to be meant, for what models are trained on", async () => {
    for (const form of ["sft", "verifiers"]) {
      const refused = await line(`export logs/test --to ${form}`, { cwd });
      expect(refused).toMatchObject({ code: 2, stdout: "" });
      expect(refused.stderr).toContain("2 of 2 rollouts are of tasks of the test split");
      expect(existsSync(at("test", form === "sft" ? "sft.jsonl" : "verifiers"))).toBe(false);
      expect((await line(`export logs/test --to ${form} --allow_test_split`, { cwd })).code).toBe(0);
    }
    expect(readFileSync(at("test", "sft.jsonl"), "utf8")).toContain('"is_test_task":true');
    expect((await line("export logs/test --to results", { cwd })).code).toBe(0);
  });

  it("takes the evaluation's episodes on request, whose test tasks are guarded as well", async () => {
    expect((await line("export logs/train --to sft --evaluation", { cwd })).stderr).toContain("of the test split");
    await line("export logs/train --to results --evaluation --out eval.json", { cwd });
    expect(readResults(join(cwd, "eval.json")).info.environment_info.domain_name).toBe("retail");
  });

  it.each([
    ["export logs/train", "which form? --to sft, --to verifiers or --to results"],
    ["export logs/train --to csv", '--to must be one of sft, verifiers, results, not "csv"'],
    ["export logs --to sft", "logs does not contain rollouts"],
    ["export logs/train --to sft --split test", "logs/train does not contain"],
    ["export", "FOLDER is missing"],
  ])("%s: %s", async (words, message) => {
    const { code, stderr, stdout } = await line(words, { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});
