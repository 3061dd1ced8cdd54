import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { brokenOff, rolledOut, sameIdPolicy, type RolledOut } from "../../test/rolled-out.ts";
import { goldPolicy, noopPolicy } from "../rollout/policy.ts";
import { readVerifiers, writeVerifiers } from "./verifiers-files.ts";
import { createVerifiersMetadata, toVerifiersRows } from "./verifiers.ts";

let train: RolledOut;
const folder = () => mkdtempSync(join(tmpdir(), "tau2-verifiers-"));
beforeAll(async () => {
  train = await rolledOut({}, [goldPolicy(), goldPolicy(), goldPolicy(), noopPolicy()]);
});

describe("a row", () => {
  it("has what the model was shown first as the prompt, and all that followed as the completion", () => {
    const [row] = toVerifiersRows(train.run, train.rollouts);
    const steps = train.rollouts[0]!.episode_steps;
    expect(row!.prompt.map(({ role }) => role)).toEqual(["system", "user"]);
    expect(row!.completion[0]).toMatchObject({ role: "assistant" });
    expect(row!.completion).toHaveLength(steps.length + steps.reduce((sum, { next_obs }) => sum + next_obs.length, 0));
    expect(row).toMatchObject({
      example_id: 0,
      reward: 1,
      is_completed: true,
      is_truncated: false,
      error: null,
      stop_condition: "user_stop",
    });
    expect(row!.info).toMatchObject({ domain: "airline", split: "train", is_test_task: false, generation_id: 0 });
  });

  it("has unique call ids", async () => {
    const { run, rollouts } = await rolledOut({}, [sameIdPolicy()]);
    const messages = toVerifiersRows(run, rollouts)[0]!.completion;
    const ids = messages.flatMap(({ tool_calls = [] }) => tool_calls.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(ids.length);
    const answered = messages.flatMap(({ tool_call_id = [] }) => tool_call_id);
    expect(ids.slice(0, answered.length)).toEqual(answered);
  });

  it("has flat calls, and answers that name them", () => {
    const [row] = toVerifiersRows(train.run, train.rollouts);
    const call = row!.completion.find(({ tool_calls }) => tool_calls)!.tool_calls![0]!;
    expect(Object.keys(call)).toEqual(["id", "name", "arguments"]);
    expect(row!.completion.find(({ role }) => role === "tool")).toMatchObject({ tool_call_id: call.id });
  });

  it("has every turn with its advantage if `trajectory` is set", () => {
    const rows = toVerifiersRows(train.run, train.rollouts, { trajectory: true, discountFactor: 1, meanCenter: true });
    const advantages = rows.slice(0, 4).map(({ trajectory }) => new Set(trajectory!.map(({ advantage }) => advantage)));
    expect(advantages).toEqual([new Set([0.25]), new Set([0.25]), new Set([0.25]), new Set([-0.75])]);
    expect(rows[0]!.trajectory![1]).toMatchObject({ prompt: { length: rows[0]!.trajectory![0]!.prompt.length + 2 }, tokens: null });
    expect(toVerifiersRows(train.run, train.rollouts)[0]).not.toHaveProperty("trajectory");
  });

  it("of a task of the test split is refused, unless `allowTestSplit` is set", async () => {
    const { run, rollouts } = await rolledOut({ split: "test" });
    expect(() => toVerifiersRows(run, rollouts)).toThrow("4 of 4 rollouts are of tasks of the test split");
    expect(toVerifiersRows(run, rollouts, { allowTestSplit: true })).toHaveLength(4);
  });
});

describe("metadata", () => {
  it("has mean reward, pass@k and pass^k over complete examples", () => {
    const rows = toVerifiersRows(train.run, train.rollouts);
    expect(createVerifiersMetadata(train.run, train.rollouts, rows)).toMatchObject({
      env_id: "tau2bench-airline",
      num_examples: 2,
      rollouts_per_example: 4,
      avg_reward: 0.75,
      avg_error: 0,
      pass_at_k: { 1: 0.75, 2: 1, 4: 1 },
      pass_all_k: { 1: 0.75, 2: 0.5, 4: 0 },
      splits: ["train"],
    });
  });

  it("counts what a fault ended as an error, and never as a reward of 0", () => {
    const rollouts = [brokenOff(train.rollouts[0]!), ...train.rollouts.slice(1, 3)];
    const rows = toVerifiersRows(train.run, rollouts);
    expect(createVerifiersMetadata(train.run, rollouts, rows)).toMatchObject({ avg_reward: 1, avg_error: 1 / 3 });
    expect(rows).toHaveLength(2);
  });
});

describe("the folder", () => {
  it("reads back as it was", async () => {
    const path = folder();
    expect(await readVerifiers(path).catch(String)).toMatch(/metadata\.json does not exist/);
    const written = await writeVerifiers(path, train.run, train.rollouts, { trajectory: true });
    expect(await readVerifiers(path)).toEqual(JSON.parse(JSON.stringify(written)));
    expect(readFileSync(join(path, "results.jsonl"), "utf8").trimEnd().split("\n")).toHaveLength(8);
    expect(written.metadata.state_columns).toEqual(["trajectory"]);
  });

  it("with a wrong row is refused, naming the line", async () => {
    const path = folder();
    await writeVerifiers(path, train.run, train.rollouts);
    writeFileSync(join(path, "results.jsonl"), '{"example_id": -1}\n');
    await expect(readVerifiers(path)).rejects.toThrow(/results\.jsonl:1\) is not valid: example_id/);
    writeFileSync(join(path, "metadata.json"), "{");
    await expect(readVerifiers(path)).rejects.toThrow(/metadata\.json is not JSON/);
  });
});
