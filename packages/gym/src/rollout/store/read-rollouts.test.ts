import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { brokenOff, rolledOut, type RolledOut } from "../../../test/rolled-out.ts";
import { openRollouts } from "./open-rollouts.ts";
import { readRollouts } from "./read-rollouts.ts";

const parent = mkdtempSync(join(tmpdir(), "tau2-read-rollouts-"));
afterAll(() => rmSync(parent, { recursive: true }));
const whole = join(parent, "whole");
const identity = { domain: "airline" };
const metrics = { "train/try_0/final_reward": 0.5 };
let played: RolledOut;

/** A folder whose episodes were stored in another order than that of their list, with an evaluation among them. */
beforeAll(async () => {
  played = await rolledOut();
  const [a, b, c, d] = played.rollouts as [never, never, never, never];
  const claim = await openRollouts(whole);
  const store = await claim.begin({ identity, run: played.run, given: { group_size: 2 }, config: { seed: 7 } });
  await store.addRollout("evaluation", a);
  for (const rollout of [d, brokenOff(b), a, c, b]) await store.addRollout("batch", rollout);
  await store.addStage({ stage: "batch", batch: 0, metrics, policy: null });
  await store.close();
});

/** A copy of the folder, with another text in place of its log. */
function copyWith(name: string, change: (log: string) => string): string {
  const folder = join(parent, name);
  mkdirSync(folder);
  copyFileSync(join(whole, "config.json"), join(folder, "config.json"));
  writeFileSync(join(folder, "rollouts.jsonl"), change(readFileSync(join(whole, "rollouts.jsonl"), "utf8")));
  return folder;
}

describe("stored rollouts", () => {
  test("are read in the order of their list, the latest of each episode, evaluations apart", async () => {
    const stored = await readRollouts(whole);
    expect(stored.rollouts).toEqual(played.rollouts);
    expect(stored.evaluations).toEqual([played.rollouts[0]]);
  });

  test("come with their run, identity, options and stages", async () => {
    const { rollouts: _, evaluations: __, ...rest } = await readRollouts(whole);
    expect(rest).toEqual({
      stages: [{ stage: "batch", batch: 0, metrics, policy: null }],
      run: played.run,
      evaluationRun: played.run,
      file: join(whole, "rollouts.jsonl"),
      identity,
      config: { seed: 7 },
      given: { group_size: 2 },
    });
  });

  test("are read by the path of their log, too", async () => {
    expect(await readRollouts(join(whole, "rollouts.jsonl"))).toEqual(await readRollouts(whole));
  });

  test("are read while another process works on the run", async () => {
    const claim = await openRollouts(whole);
    expect((await readRollouts(whole)).rollouts).toHaveLength(4);
    await claim.release();
  });

  test("are read without a last line that was cut off", async () => {
    const folder = copyWith("cut", (log) => log.slice(0, log.indexOf('{"kind":"stage"') - 40));
    const { rollouts, stages } = await readRollouts(folder);
    expect(stages).toEqual([]);
    // The cut line holds the second attempt at an episode, so its first attempt counts.
    expect(rollouts.map(({ final_reward }) => final_reward)).toEqual([1, null, 1, 0]);
  });

  test("are read past a damaged line", async () => {
    const folder = copyWith("damaged", (log) => log.replace('{"kind":"stage"', "<<<"));
    expect(await readRollouts(folder)).toMatchObject({ rollouts: played.rollouts, stages: [] });
  });
});

describe("rollouts cannot be read", () => {
  test("from a folder that does not exist or does not have a log", async () => {
    mkdirSync(join(parent, "empty"));
    for (const folder of ["nowhere", "empty"]) {
      const failure = readRollouts(join(parent, folder));
      await expect(failure).rejects.toMatchObject({ code: "not_found", message: expect.stringContaining("rollouts.jsonl") as string });
    }
  });

  test("from a log that a newer version wrote", async () => {
    const folder = copyWith("newer", (log) => log);
    appendFileSync(join(folder, "rollouts.jsonl"), `${JSON.stringify({ kind: "session", form: 2 })}\n`);
    await expect(readRollouts(folder)).rejects.toMatchObject({ code: "unsupported", message: expect.stringContaining(folder) as string });
  });

  test("from a file that is something else", async () => {
    const folder = copyWith("other", () => "a shopping list\n");
    await expect(readRollouts(folder)).rejects.toMatchObject({ code: "invalid" });
    const log = copyWith("headless", (text) => text.slice(text.indexOf("\n") + 1));
    await expect(readRollouts(log)).rejects.toMatchObject({ code: "invalid" });
  });
});
