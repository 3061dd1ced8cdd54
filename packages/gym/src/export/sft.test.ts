import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { brokenOff, rolledOut, sameIdPolicy, type RolledOut } from "../../test/rolled-out.ts";
import { toSftConversations, readSft, writeSft } from "./sft.ts";

let train: RolledOut;
const file = () => join(mkdtempSync(join(tmpdir(), "tau2-sft-")), "sft.jsonl");
beforeAll(async () => {
  train = await rolledOut();
});

describe("conversations to learn from", () => {
  it("are those with a reward of 1, unless `minReward` is lower", () => {
    const rewards = (minReward?: number) => toSftConversations(train.run, train.rollouts, { minReward }).map(({ reward }) => reward);
    expect(rewards()).toEqual([1, 1]);
    expect(rewards(0)).toEqual([1, 0, 1, 0]);
  });

  it("count the model's own words and calls, and nothing else", () => {
    const [conversation] = toSftConversations(train.run, train.rollouts);
    const { messages, loss_mask } = conversation!;
    expect(loss_mask).toEqual(messages.map(({ role }) => (role === "assistant" ? 1 : 0)));
    expect(messages.map(({ weight }) => weight)).toEqual(messages.map(({ role }) => (role === "assistant" ? 1 : undefined)));
    expect(messages.at(-1)!.role).toBe("assistant");
  });

  it("show each answer behind exactly what the model had been shown", () => {
    const [rollout] = train.rollouts;
    const [conversation] = toSftConversations(train.run, [rollout!]);
    const last = rollout!.episode_steps.at(-1)!;
    expect(JSON.parse(JSON.stringify(conversation!.messages, (key, value: unknown) => (key === "weight" ? undefined : value)))).toEqual([
      ...last.state,
      last.action,
    ]);
  });

  it("become several where older observations were hidden from the model", async () => {
    const { run, rollouts } = await rolledOut({ hide_observations: true });
    const [rollout] = rollouts;
    const conversations = toSftConversations(run, [rollout!]);
    expect(conversations.length).toBeGreaterThan(1);
    expect(conversations.flatMap(({ loss_mask }) => loss_mask).filter((bit) => bit === 1)).toHaveLength(rollout!.episode_steps.length);
    expect(JSON.stringify(conversations.at(-1)!.messages)).toContain('"content":"..."');
  });

  it("have unique call ids, as the endpoint received them", async () => {
    const { run, rollouts } = await rolledOut({}, [sameIdPolicy()]);
    const messages = toSftConversations(run, rollouts)[0]!.messages;
    const ids = messages.flatMap(({ tool_calls = [] }) => tool_calls.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(ids.length);
    const answered = messages.flatMap(({ tool_call_id = [] }) => tool_call_id);
    expect(ids.slice(0, answered.length)).toEqual(answered);
  });

  it("leave out what a fault ended", () => {
    expect(toSftConversations(train.run, [brokenOff(train.rollouts[0]!)], { minReward: 0 })).toEqual([]);
  });
});

describe("tasks of the test split", () => {
  it("are refused from any list, unless `allowTestSplit` is set", async () => {
    for (const split of ["test", "eval"] as const) {
      const { run, rollouts } = await rolledOut({ split });
      expect(() => toSftConversations(run, rollouts)).toThrow(
        /2 of 2 rollouts are of tasks of the test split \('.+', '.+'\).*--allow-test-split/,
      );
      expect(toSftConversations(run, rollouts, { allowTestSplit: true }).map((each) => [each.split, each.is_test_task])).toEqual([
        [split, true],
        [split, true],
      ]);
    }
  });

  it("are known as such when one list is cut from another split", async () => {
    const { run, rollouts } = await rolledOut({ task_split: "base", num_train_tasks: 40, num_test_tasks: 10 });
    const held = rollouts.filter(({ task_id }) => run.test_task_ids.includes(task_id));
    expect(run.test_task_ids.length).toBeGreaterThan(10);
    expect(held.length).toBeGreaterThan(0);
  });
});

describe("the file", () => {
  it("has a conversation in each line and reads back as it was", async () => {
    const path = file();
    const written = await writeSft(path, train.run, train.rollouts);
    expect(readFileSync(path, "utf8").trimEnd().split("\n")).toHaveLength(2);
    expect(await readSft(path)).toEqual(written);
    expect(written[0]).toMatchObject({
      domain: "airline",
      split: "train",
      is_test_task: false,
      sample_id: 0,
      generation_id: 0,
      policy: "mixed",
    });
    expect(written[0]!.tools.map((tool) => tool.function.name)).toContain("respond_user");
  });

  it("with a mask that does not fit is refused, naming the line", async () => {
    const path = file();
    const [first, second] = await writeSft(path, train.run, train.rollouts);
    writeFileSync(path, `${JSON.stringify(first)}\n${JSON.stringify({ ...second, loss_mask: second!.loss_mask.map(() => 1) })}\n`);
    await expect(readSft(path)).rejects.toThrow(/sft\.jsonl:2.*loss_mask is 1/);
    writeFileSync(path, `${JSON.stringify({ ...first, loss_mask: [1] })}\n`);
    await expect(readSft(path)).rejects.toThrow(/differ in length/);
    await expect(readSft(`${path}.gone`)).rejects.toThrow(/does not exist/);
  });
});
