import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startModelServer, type ModelServer } from "@tau2/user-sim/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rolloutsIn } from "./rollout-log.ts";
import { emptyFolder, line, type Ran } from "./tau2.ts";

const file = fileURLToPath(new URL("./fixtures/trainer.mjs", import.meta.url));
let cwd: string;
let server: ModelServer | undefined;

beforeEach(() => {
  cwd = emptyFolder();
  vi.stubEnv("TRAINER_NOTES", join(cwd, "notes.jsonl"));
  vi.stubEnv("TRAINER_FAILS_AT", "none");
});

afterEach(async () => {
  await server?.close();
  server = undefined;
});

function notes<T = Record<string, unknown>>(key?: string): T[] {
  const all = readFileSync(join(cwd, "notes.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as Record<string, T>);
  return key === undefined ? (all as unknown as T[]) : all.flatMap((entry) => (key in entry ? [entry[key]!] : []));
}

function metrics(): Record<string, number>[] {
  const text = readFileSync(join(cwd, "logs/t/metrics.jsonl"), "utf8").trimEnd();
  return text.split("\n").map((each) => JSON.parse(each) as Record<string, number>);
}

const gold = `rollout --env_config tau2bench/smoke --policy gold --max_steps 50 --run_name t --trainer ${file}`;
const train = (words = "", batches = 3): Promise<Ran> => line(`${gold} --batch_size 3 --num_batches ${batches} ${words}`, { cwd });

describe("a trainer", () => {
  it("gets every key of its configurations, those that rollouts do not use among them", async () => {
    await train("--learning_rate 0.5 --lora_config r8_a16_qkvo");
    expect(notes("begin")).toEqual([
      { first_batch: 0, num_batches: 3, learning_rate: 0.5, lora: expect.objectContaining({ r: 8 }) as object },
    ]);
    expect(notes().at(-1)).toEqual({ end: true });
  });

  it("gets every batch with advantages and all steps so far; tasks follow each other, in another order once all were played", async () => {
    const { code, stdout } = await train("--group_size 2 --generator_config grpo");
    expect(code).toBe(0);
    expect(stdout).toMatch(/\ntrain +4 +18 +1\.0000 /);
    const updates = notes<{ batch: number; tasks: string[]; advantages: number[][]; steps: number }>("update");
    expect(updates.map(({ batch }) => batch)).toEqual([0, 1, 2]);
    expect(updates[0]!.tasks).toEqual(["book_with_third_bag", "cancel_insured_for_illness", "cancel_within_a_day"]);
    expect(updates[0]!.advantages).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(updates[2]!.steps).toBe(
      rolloutsIn(join(cwd, "logs/t"))
        .filter(({ split }) => split === "train")
        .reduce((sum, { steps }) => sum + steps.length, 0),
    );
    expect(existsSync(join(cwd, "checkpoints/t/replay_buffer"))).toBe(true);
  });

  it("has its metrics beside ours, batch by batch, and evaluations in between and before the last batch", async () => {
    await train("--eval_every 2 --save_every 3", 4);
    const all = metrics();
    expect(
      all.filter((each) => "train/loss" in each).map((each) => [each["step"], each["train/loss"], each["progress/done_frac"]]),
    ).toEqual([
      [0, 1, 0.25],
      [1, 0.5, 0.5],
      [2, 1 / 3, 0.75],
      [3, 0.25, 1],
    ]);
    expect(all.filter((each) => "eval/try_0/final_reward" in each && !("train/loss" in each)).map(({ step }) => step)).toEqual([0, 2, 3]);
    expect(all.find((each) => each["step"] === 2 && "train/loss" in each)).toMatchObject({ "eval/best_batch": 2, "eval/best_metric": 1 });
    expect(notes("save")).toEqual([
      { batch: 0, best: true },
      { batch: 2, best: true },
      { batch: 3, best: true },
      { batch: 3, best: false },
    ]);
    expect(existsSync(join(cwd, "checkpoints/t/replay_buffer_best"))).toBe(true);
  });

  it("may leave out the first evaluation", async () => {
    await train("--eval_every 2 --no_initial_eval", 2);
    expect(notes("save")).toEqual([{ batch: 1, best: true }]);
  });

  it("names the model that plays the next batch", async () => {
    server = await startModelServer(({ method }) =>
      method === "GET" ? { status: 404 } : { toolCalls: [{ id: "1", name: "done", arguments: {} }] },
    );
    await line(
      `${gold.replace("gold", "model")} --model_name first --base_url ${server.baseUrl} --user scripted --batch_size 1 --num_batches 3`,
      { cwd },
    );
    expect(server.requests.flatMap(({ body }) => body["model"] ?? [])).toEqual(["first", "after-0", "after-1", "after-1", "after-1"]);
  });
});

describe("a run that ended in the middle", () => {
  it("continues with the first batch that was not learnt from, without playing it again", async () => {
    vi.stubEnv("TRAINER_FAILS_AT", "1");
    const broken = await train();
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain("the trainer failed in update: Error: out of memory");
    expect(broken.stderr).toContain("resume it with: tau2 rollout --resume-run --run-name t");
    const before = rolloutsIn(join(cwd, "logs/t")).length;
    expect(before).toBe(6);

    vi.stubEnv("TRAINER_FAILS_AT", "none");
    const { code } = await line("rollout --resume_run --run_name t", { cwd });
    expect(code).toBe(0);
    expect(notes<{ first_batch: number }>("begin").map(({ first_batch }) => first_batch)).toEqual([0, 1]);
    expect(notes<{ batch: number }>("update").map(({ batch }) => batch)).toEqual([0, 1, 2]);
    const rollouts = rolloutsIn(join(cwd, "logs/t")).filter(({ split }) => split === "train");
    expect(rollouts.map(({ sample_id }) => sample_id).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("takes the tasks in the same order as one that did not", async () => {
    const tasks = async (stop: boolean) => {
      cwd = emptyFolder();
      vi.stubEnv("TRAINER_NOTES", join(cwd, "notes.jsonl"));
      vi.stubEnv("TRAINER_FAILS_AT", stop ? "2" : "none");
      await train("--seed 3", 5);
      vi.stubEnv("TRAINER_FAILS_AT", "none");
      if (stop) await line("rollout --resume_run --run_name t", { cwd });
      return notes<{ tasks: string[] }>("update").map((update) => update.tasks);
    };
    const whole = await tasks(false);
    expect(await tasks(true)).toEqual(whole);
    expect(new Set(whole.flat()).size).toBe(4);
  });
});

it("a module without a trainer is refused before anything is written", async () => {
  writeFileSync(join(cwd, "none.mjs"), "export const learn = 1;\n");
  const { code, stderr } = await line("rollout --env_config tau2bench/smoke --policy gold --trainer none.mjs", { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain("none.mjs does not export a trainer; export one object with a function update(batch)");
  const missing = await line("rollout --env_config tau2bench/smoke --policy gold --trainer nowhere.ts", { cwd });
  expect(missing.stderr).toContain(`module ${join(cwd, "nowhere.ts")} does not exist`);
  expect(existsSync(join(cwd, "logs"))).toBe(false);
});
