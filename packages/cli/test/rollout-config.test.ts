import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { tau2BenchKeywords } from "@tau2/gym/internal";
import { describe, expect, it } from "vitest";
import { environmentKeys } from "../src/config/tables/environment-keys.ts";
import { generatorKeys } from "../src/config/tables/generator-keys.ts";
import { trainerKeys } from "../src/config/tables/trainer-keys.ts";
import { rolloutOptions } from "../src/config/tables/rollout-options.ts";
import { emptyFolder, line, tau2 } from "./tau2.ts";

type Shown = Record<string, Record<string, { value: unknown; source: string }>>;

function folderWith(files: Record<string, string>): string {
  const cwd = emptyFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

async function shown(words: string, files: Record<string, string> = {}): Promise<Shown> {
  const { stdout, stderr } = await line(`config show rollout ${words} --json`, { cwd: folderWith(files) });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Shown;
}

const configs = fileURLToPath(new URL("../../../configs", import.meta.url));
const presets = (folder: string) => readdirSync(join(configs, folder)).map((file) => basename(file, ".yaml"));

describe("the configurations that come with the package", () => {
  it.each(presets("environments/tau2bench"))("environment %s composes, and says in its first line what it is for", async (name) => {
    expect((await shown(`--env_config tau2bench/${name}`)).environment!.name!.value).toBe("tau2bench");
    const { stdout } = await line("config list --json");
    const listed = (JSON.parse(stdout) as { kind: string; name: string; brief: string }[]).filter(({ kind }) => kind !== "run");
    expect(listed.find((each) => each.kind === "environments" && each.name === `tau2bench/${name}`)!.brief).not.toBe("");
    expect(listed.filter(({ brief }) => brief === "")).toEqual([]);
  });

  it.each(["generator", "trainer", "replay_buffer", "model", "lora"].flatMap((folder) => presets(folder).map((name) => [folder, name])))(
    "%s %s composes",
    async (folder, name) => {
      expect((await shown(`--env_config tau2bench/smoke --${folder}_config ${name}`))[folder]).not.toEqual({});
    },
  );

  it("have act-prm's values where act-prm has such a file", async () => {
    const { environment, generator, trainer, lora, model } = await shown(
      "--lora_config r16_a32_qkvo --trainer_config qwen3_4b_aprm --env_config tau2bench/airline --model_config hf_qwen3_4b_inst_2507 --generator_config aprm_qwen3_ap",
    );
    const value = (group: Shown[string] | undefined, key: string) => group?.[key]?.value;
    expect([value(environment, "max_steps"), value(environment, "max_turns"), value(environment, "num_train_tasks")]).toEqual([50, 30, 30]);
    expect([value(generator, "discount_factor"), value(generator, "reward_method"), value(generator, "final_answer_bos")]).toEqual([
      1,
      "action_probs",
      "Final Answer: ",
    ]);
    expect([
      value(trainer, "trainer_name"),
      value(trainer, "group_size"),
      value(trainer, "eval_every"),
      value(trainer, "learning_rate"),
    ]).toEqual(["act_prm", 8, 4, 4e-5]);
    expect([value(lora, "r"), value(lora, "lora_alpha"), value(model, "model_type")]).toEqual([16, 32, "huggingface"]);
  });
});

describe("what holds", () => {
  it("is the file, unless an option of that name was given: the originals' defaults override nothing", async () => {
    const { environment } = await shown("--env_config tau2bench/smoke --max_turns 7");
    expect(environment).toMatchObject({
      max_turns: { value: 7, source: "--max-turns" },
      seed: { value: 0, source: "environments/tau2bench/smoke:24" },
      verbose: { value: true },
      is_async: { value: false },
    });
  });

  it("an option changes every configuration that has such a key, whether the file names it or not", async () => {
    const composed = await shown(
      "--env_config tau2bench/smoke --eval_env_config tau2bench/retail --discount_factor 0.5 --verbose --seed 42",
    );
    expect(composed.generator).toMatchObject({ discount_factor: { value: 0.5 }, verbose: { value: true } });
    expect(composed.trainer).toMatchObject({ discount_factor: { value: 0.5, source: "--discount-factor" } });
    expect(composed.environment!.seed!.value).toBe(42);
    expect(composed.eval_environment).toMatchObject({ seed: { value: 42 }, domain: { value: "retail" } });
  });

  it("other names of options win over the options", async () => {
    const { trainer } = await shown(
      "--env_config tau2bench/smoke --group_size 2 --samples_per_task 3 --tasks_per_update 4 --eval_samples_per_task 5",
    );
    expect(trainer).toMatchObject({
      group_size: { value: 3, source: "--samples-per-task" },
      batch_size: { value: 4 },
      eval_group_size: { value: 5 },
    });
  });

  it("your own configuration in ./configs precedes ours of the same name, and any file can be named by its path", async () => {
    const files = {
      "configs/environments/tau2bench/smoke.yaml": "name: tau2bench\nmax_turns: 3\n",
      "mine/gen.yaml": "mean_center: true\n",
    };
    const { environment, generator } = await shown("--env_config tau2bench/smoke --generator_config mine/gen.yaml", files);
    expect(environment!.max_turns).toEqual({ value: 3, source: "configs/environments/tau2bench/smoke.yaml:2" });
    expect(generator!.mean_center).toEqual({ value: true, source: "mine/gen.yaml:1" });
  });

  it("is shown as a table too, and `config show` knows by the options what is meant", async () => {
    const { stdout } = await line("config show --env-config tau2bench/telecom --no_initial_eval");
    expect(stdout).toMatch(/environment\.domain +telecom +environments\/tau2bench\/telecom:4\n/);
    expect(stdout).toMatch(/trainer\.no_initial_eval +true +--no-initial-eval\n/);
    expect((await line("config show -d airline")).stdout).toMatch(/^key +value +from\ndomain /);
  });

  it("keeps passwords in addresses to itself", async () => {
    const { trainer } = await shown("--env_config tau2bench/smoke --base_url http://me:secret@127.0.0.1:1/v1");
    expect(trainer!.base_url!.value).toBe("http://127.0.0.1:1/v1");
  });
});

describe("faults", () => {
  it.each([
    ["--env_config tau2bench/arline", "no configuration 'tau2bench/arline' in configs/environments; did you mean 'tau2bench/airline'?"],
    [
      "--env_config tau2bench/smoke --trainer_config qwen_4b_pg",
      "--trainer-config: no configuration 'qwen_4b_pg' in configs/trainer; did you mean 'qwen3_4b_pg'?",
    ],
    ["--env_config e.yaml", "e.yaml:1: unknown key 'max_turn'; did you mean 'max_turns'?"],
    ["--env_config tau2bench/smoke --lora_config l.yaml", 'l.yaml:1: r must be a whole number of at least 1, not "big"'],
    ["--env_config gone.yaml", "the configuration gone.yaml cannot be read"],
    ["--env_config tau2bench/smoke --group_size 0", "--group-size must be a whole number of at least 1, not 0"],
    ["--env_config tau2bench/smoke --reward_method both", '--reward-method must be one of action_probs, em, not "both"'],
    ["--env_config tau2bench/smoke --max_turn 3", "no option --max-turn; did you mean '--max-turns'?"],
    ["", "which environment? --env-config tau2bench/airline"],
  ])("%s: %s", async (words, message) => {
    const cwd = folderWith({ "e.yaml": "max_turn: 3\n", "l.yaml": "r: big\n" });
    const { code, stderr, stdout } = await line(`rollout ${words}`, { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});

describe("keys and options", () => {
  it("are all of the environment's keywords that a file can hold", () => {
    const values = new Set(["data", "judge", "log", "new_id", "user_api_key", "judge_api_key", "user_headers", "judge_headers"]);
    expect(Object.keys(environmentKeys).toSorted()).toEqual(tau2BenchKeywords.filter((key) => !values.has(key)).toSorted());
  });

  it("of one name are of one kind in all configurations", () => {
    const kinds = [environmentKeys, generatorKeys, trainerKeys]
      .flatMap((keys) => Object.entries(keys))
      .filter(([key]) => key in rolloutOptions);
    const asOptions = kinds.map(([key]) => rolloutOptions[key as keyof typeof rolloutOptions].kind);
    expect(kinds.map(([, { kind }]) => kind)).toEqual(asOptions);
  });

  it("are all options of both original programs, with or without hyphens", async () => {
    const options =
      "actions_only advantage_threshold base_env_config base_url batch_size best_metric checkpoint_path data_seed discount_factor " +
      "env_config eval_env_config eval_every eval_gen_every eval_group_size eval_num_tries eval_rollout_every eval_rollout_start " +
      "eval_samples_per_task fp32_loss generator_config gradient_accumulation_steps group_size hide_observations is_async " +
      "kl_discount_factor kl_penalty_coef learning_rate load_checkpoint_path log_path lora_checkpoint_path lora_config lora_rank " +
      "max_input_id_len max_sample_ids max_tokens mean_center mini_batch_size model_config model_name no_initial_eval " +
      "num_eval_gen_samples num_eval_rollout_samples num_steps num_substeps num_tries project_name replay_buffer_config replicate " +
      "resume_run reward_method samples_per_task save_every save_rollouts_every seed streamer tasks_per_update temperature " +
      "trainer_config verbose";
    expect(options.split(" ").filter((option) => !(option in rolloutOptions))).toEqual([]);
    expect((await line("config show rollout --env-config tau2bench/smoke --fp32-loss")).stdout).toContain("trainer.fp32_loss");
  });

  it("that only training uses are under a heading of the help that says so", async () => {
    const { stdout } = await tau2(["rollout", "--help"]);
    const heading = stdout.indexOf("For a trainer (checked, kept with the run and handed to --trainer; rollouts alone do not use it)");
    expect(heading).toBeGreaterThan(0);
    expect(stdout.indexOf("--learning-rate")).toBeGreaterThan(heading);
    expect(stdout.indexOf("--temperature")).toBeLessThan(heading);
  });
});
