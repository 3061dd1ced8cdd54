import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { stepsOf } from "../../test/steps.ts";
import { getReplayBuffer, ReplayBuffer, loadReplayBuffer, REPLAY_FILE, saveReplayBuffer } from "./replay-buffer.ts";
import { createRolloutTrajectory, groupTrajectories } from "./trajectory.ts";

const folder = mkdtempSync(join(tmpdir(), "tau2-replay-"));
afterAll(() => rmSync(folder, { recursive: true }));

function filled(options = {}): ReplayBuffer {
  const buffer = new ReplayBuffer(options);
  const trajectories = [stepsOf(0, 1), stepsOf(0)].map((episode_steps) =>
    createRolloutTrajectory({ episodeSteps: episode_steps, discountFactor: 0.5, finalReward: 0 }),
  );
  buffer.addTrajectoryGroup(groupTrajectories(trajectories));
  return buffer;
}

describe("a replay buffer", () => {
  test("keeps of each step what training needs, in a fixed order of keys", () => {
    const { buffer, length } = filled();
    expect(length).toBe(3);
    expect(Object.keys(buffer[0]!)).toEqual([
      "state",
      "action",
      "next_obs",
      "tools",
      "old_logprobs",
      "return",
      "advantage",
      "split",
      "batch_id",
      "try_step",
      "data_sample_id",
    ]);
    expect(buffer[0]).toMatchObject({ return: 0.5, advantage: 0.5, split: "train", batch_id: 3, data_sample_id: 5, old_logprobs: [-0.5] });
  });

  test("lets the oldest go when it is full", () => {
    expect(filled({ maxSize: 2 }).buffer.map((record) => record.return)).toEqual([1, 0]);
    expect(() => new ReplayBuffer({ maxSize: 0 })).toThrow("at least 1: got 0");
  });

  test("is known by one name", () => {
    expect(getReplayBuffer("default", { maxSize: 7 }).maxSize).toBe(7);
    expect(() => getReplayBuffer("fifo")).toThrow("Sorry, replay buffer fifo is not implemented yet.");
  });

  test("comes back from its folder as it was saved, and the next save takes its place", async () => {
    const path = join(folder, "a/b");
    await saveReplayBuffer(filled(), path);
    expect((await loadReplayBuffer(path)).buffer).toEqual(filled().buffer);
    await saveReplayBuffer(filled({ maxSize: 1 }), path);
    expect((await loadReplayBuffer(path)).length).toBe(1);
    expect(readdirSync(path)).toEqual([REPLAY_FILE]);
    expect(readFileSync(join(path, REPLAY_FILE), "utf8")).toMatch(/^\{"state":.*\}\n$/);
  });

  test("comes back with texts in which other programs see line ends, and without the byte order mark of an editor", async () => {
    const buffer = new ReplayBuffer();
    const [record] = filled().buffer;
    buffer.addRecord({ ...record!, state: [{ role: "user", content: "a\u2028b\u2029c\u0085d" }] as never });
    const marked = join(folder, "lines");
    await saveReplayBuffer(buffer, marked);
    const text = readFileSync(join(marked, REPLAY_FILE), "utf8");
    writeFileSync(join(marked, REPLAY_FILE), `\ufeff${text.replace("\n", "\r\n")}`);
    expect((await loadReplayBuffer(marked)).buffer).toEqual(buffer.buffer);
  });

  test("says what is wrong with a folder, or a line in it", async () => {
    await expect(saveReplayBuffer(new ReplayBuffer(), folder)).rejects.toThrow("the replay buffer is empty");
    await expect(loadReplayBuffer(join(folder, "none"))).rejects.toThrow(`${join(folder, "none")} does not hold a replay buffer`);
    const line = JSON.stringify(filled().buffer[0]);
    writeFileSync(join(folder, REPLAY_FILE), `${line}\n{"state": []}\n`);
    await expect(loadReplayBuffer(folder)).rejects.toThrow(`${REPLAY_FILE}:2 is not a step of a replay buffer`);
    writeFileSync(join(folder, REPLAY_FILE), `${line}\n${line.slice(0, 20)}`);
    await expect(loadReplayBuffer(folder)).rejects.toThrow(`${REPLAY_FILE}:2 is not JSON`);
  });
});
