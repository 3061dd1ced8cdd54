import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rolledOut, type RolledOut } from "../../../test/rolled-out.ts";
import { goldPolicy } from "../policy.ts";
import { groupRollouts } from "../group-rollouts.ts";
import { getRolloutId } from "../rollout-record.ts";
import { openRollouts, type RolloutSession } from "./open-rollouts.ts";
import { readRollouts } from "./read-rollouts.ts";

const parent = mkdtempSync(join(tmpdir(), "tau2-open-rollouts-"));
afterAll(() => rmSync(parent, { recursive: true }));
let played: RolledOut;
beforeAll(async () => {
  played = await rolledOut();
});

function createSession(more: Partial<RolloutSession> = {}): RolloutSession {
  return { identity: { domain: "airline", policy: "gold" }, run: played.run, ...more };
}

const read = (...path: string[]) => readFileSync(join(parent, ...path), "utf8");

describe("a run of rollouts", () => {
  test("stores each episode as a line, and metrics and options as files beside the log", async () => {
    const claim = await openRollouts(join(parent, "lines"));
    expect(claim.history).toBe(null);
    const store = await claim.begin(createSession({ config: { seed: 7 }, at: "2025-01-01T00:00:00" }));
    await store.addRollout("batch", played.rollouts[0]!);
    await store.addStage({ stage: "batch", batch: 0, metrics: { reward: 1 }, policy: { model_name: "step-0" } });
    await store.close();

    const lines = read("lines/rollouts.jsonl").trimEnd().split("\n");
    const [first, second] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const keys = ["kind", "form", "made_with", "at", "name", "given", "config", "identity", "runs"];
    expect(Object.keys(first!)).toEqual(keys);
    expect(first).toMatchObject({ form: 1, at: "2025-01-01T00:00:00", name: "lines", given: {}, runs: { evaluation: null } });
    expect([Object.keys(second!), second!["kind"], second!["purpose"]]).toEqual([["kind", "purpose", "rollout"], "rollout", "batch"]);
    expect(lines[2]).toBe('{"kind":"stage","stage":"batch","batch":0,"metrics":{"reward":1},"policy":{"model_name":"step-0"}}');
    expect(read("lines/metrics.jsonl")).toBe('{"step":0,"reward":1}\n');
    expect(read("lines/config.json")).toBe('{\n  "seed": 7\n}\n');
    expect(existsSync(join(parent, "lines/run.lock"))).toBe(false);
  });

  test("continues with the episodes of earlier sessions", async () => {
    const folder = join(parent, "continued");
    const first = await (await openRollouts(folder)).begin(createSession());
    await first.addRollout("batch", played.rollouts[0]!);
    await first.close();

    const claim = await openRollouts(folder);
    const store = await claim.begin(createSession());
    const ids: string[] = [];
    await groupRollouts({
      env: played.env,
      policy: goldPolicy(),
      finished: claim.history?.rollouts,
      async onRollout(rollout) {
        ids.push(getRolloutId(rollout));
        await store.addRollout("batch", rollout);
      },
    });
    await store.close();
    expect(ids).toEqual(["train/1/0/0"]);
    expect(store.getRollouts().map(({ rollout }) => getRolloutId(rollout))).toEqual(["train/0/0/0", "train/1/0/0"]);
  });

  test("of other settings is not continued, and stays as it was", async () => {
    const folder = join(parent, "incompatible");
    await (await (await openRollouts(folder)).begin(createSession())).close();
    const before = read("incompatible/rollouts.jsonl");
    const claim = await openRollouts(folder);
    const failure = claim.begin(createSession({ identity: { domain: "airline", policy: "noop" } }));
    await expect(failure).rejects.toMatchObject({
      code: "incompatible",
      message: expect.stringContaining('policy: "gold" before') as string,
    });
    await claim.release();
    expect(read("incompatible/rollouts.jsonl")).toBe(before);
  });

  test("belongs to one claim at a time", async () => {
    const folder = join(parent, "busy");
    const claim = await openRollouts(folder);
    await expect(openRollouts(folder)).rejects.toMatchObject({ code: "busy" });
    await claim.release();
    await (await openRollouts(folder)).release();
  });

  test("whose store cannot be created stays claimed, and can be begun again", async () => {
    const folder = join(parent, "retried");
    mkdirSync(join(folder, "config.json"), { recursive: true });
    const claim = await openRollouts(folder);
    await expect(claim.begin(createSession())).rejects.toMatchObject({ code: "storage" });
    await expect(openRollouts(folder)).rejects.toMatchObject({ code: "busy" });
    rmSync(join(folder, "config.json"), { recursive: true });
    await (await claim.begin(createSession())).close();
    expect((await readRollouts(folder)).rollouts).toEqual([]);
  });

  test("in a place that cannot be written is an error of storage", async () => {
    writeFileSync(join(parent, "file"), "");
    await expect(openRollouts(join(parent, "file", "run"))).rejects.toMatchObject({ code: "storage" });
  });
});
