import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChatModel, ModelError } from "@tau2/user-sim";
import { scriptedModel } from "@tau2/user-sim/testing";
import { afterAll, describe, expect, test } from "vitest";
import { recordCassette } from "./record-cassette.ts";
import { openCassette } from "./replay-cassette.ts";

const folder = mkdtempSync(join(tmpdir(), "tau2-cassette-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const createPath = () => join(folder, `${files++}.jsonl`);

const agent = { role: "agent", scope: "task a, trial 1" };
const ask = (...contents: string[]) => ({
  messages: contents.map((content) => ({ role: "user" as const, content })),
  parameters: { temperature: 0, seed: 7 },
});
const completeText = async (model: ChatModel, ...contents: string[]) => (await model.complete(ask(...contents))).content;

/** Records what a model answers to the given requests. */
async function record(path: string, answers: Parameters<typeof scriptedModel>[0], requests: string[][], scope = agent): Promise<void> {
  const recorder = await recordCassette(path);
  const model = recorder.record(scriptedModel(answers), scope);
  for (const request of requests) await model.complete(ask(...request)).catch(() => undefined);
  await recorder.close();
  recorder.throwIfBroken();
}

describe("a cassette", () => {
  test("gives whole answers back as they were", async () => {
    const path = createPath();
    const reply = {
      content: "grüezi 🚀",
      toolCalls: [{ id: "1", name: "look", arguments: { z: 1, a: [null, 2.5] } }],
      usage: { prompt_tokens: 3, completion_tokens: 4 },
    };
    const recorder = await recordCassette(path);
    const original = await recorder.record(scriptedModel([reply]), agent).complete(ask("hello"));
    await recorder.close();
    const replayed = await (await openCassette(path)).replay("scripted", agent).complete(ask("hello"));
    expect(replayed).toEqual(original);
    expect(JSON.stringify(replayed)).toBe(JSON.stringify(original));
  });

  test("answers the same question in the order of the answers, in each conversation by itself", async () => {
    const path = createPath();
    const other = { ...agent, scope: "task b, trial 1" };
    await record(path, ["one", "two"], [["hi"], ["hi"]]);
    await record(path, ["uno", "due"], [["hi"], ["hi"]], other);
    const cassette = await openCassette(path);
    const [a, b] = [cassette.replay("scripted", agent), cassette.replay("scripted", other)];
    expect([await completeText(b, "hi"), await completeText(a, "hi"), await completeText(a, "hi"), await completeText(b, "hi")]).toEqual([
      "uno",
      "one",
      "two",
      "due",
    ]);
  });

  test("fails where the recorded model failed, and answers as it did afterwards", async () => {
    const path = createPath();
    const overloaded = () => {
      throw new ModelError("transient", "overloaded", { status: 503 });
    };
    await record(path, [overloaded, "better"], [["hi"], ["hi"]]);
    const model = (await openCassette(path)).replay("scripted", agent);
    await expect(model.complete(ask("hi"))).rejects.toMatchObject({ fault: "transient", message: "overloaded", status: 503 });
    expect(await completeText(model, "hi")).toBe("better");
  });

  test("stores the new part of each request", async () => {
    const path = createPath();
    await record(path, ["1", "2"], [["a long beginning"], ["a long beginning", "and more"]]);
    expect(readFileSync(path, "utf8").split("a long beginning")).toHaveLength(2);
    const model = (await openCassette(path)).replay("scripted", agent);
    expect(await completeText(model, "a long beginning", "and more")).toBe("2");
  });

  test("forgets a conversation that was broken off when it is recorded anew", async () => {
    const path = createPath();
    await record(path, ["old 1", "old 2"], [["hi"], ["hi", "ho"]]);
    await record(path, ["new"], [["hi"]]);
    const model = (await openCassette(path)).replay("scripted", agent);
    expect(await completeText(model, "hi")).toBe("new");
    await expect(model.complete(ask("hi", "ho"))).rejects.toThrow("the recording is over");
  });

  test("survives a crash in the middle of a line", async () => {
    const path = createPath();
    await record(path, ["one"], [["hi"]]);
    appendFileSync(path, '{"kind":"call","ro');
    expect(await completeText((await openCassette(path)).replay("scripted", agent), "hi")).toBe("one");
    await record(path, ["two"], [["ho"]], { ...agent, role: "user" });
    expect(await completeText((await openCassette(path)).replay("scripted", { ...agent, role: "user" }), "ho")).toBe("two");
  });

  test("does not keep calls that were given up, unless they took too long", async () => {
    const path = createPath();
    const recorder = await recordCassette(path);
    const hanging: ChatModel = {
      name: "slow",
      complete: ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(new Error("aborted")));
        }),
    };
    const model = recorder.record(hanging, agent);
    for (const reason of [new Error("Ctrl-C"), new ModelError("timeout", "the agent gave no message within 5 ms")]) {
      const own = new AbortController();
      const asked = model.complete({ ...ask("hi"), signal: own.signal });
      own.abort(reason);
      await expect(asked).rejects.toThrow("aborted");
    }
    await recorder.close();
    const replayed = (await openCassette(path)).replay("slow", agent);
    await expect(replayed.complete(ask("hi"))).rejects.toMatchObject({
      fault: "timeout",
      message: "the agent gave no message within 5 ms",
    });
    await expect(replayed.complete(ask("hi"))).rejects.toThrow("the recording is over");
  });
});

describe("a call that is not in the cassette", () => {
  const prepared = async () => {
    const path = createPath();
    await record(path, ["one"], [["hi", "there"]]);
    return openCassette(path);
  };
  test.each([
    ["another message", "scripted", agent, ask("hi", "you"), "message 2 of 2 (user) is not what it was"],
    ["fewer messages", "scripted", agent, ask("hi"), "2 messages were sent, now 1"],
    [
      "other parameters",
      "scripted",
      agent,
      { ...ask("hi", "there"), parameters: { seed: 8 } },
      'parameters were {"seed": 7, "temperature": 0}, now {"seed": 8}',
    ],
    [
      "another choice of tools",
      "scripted",
      agent,
      { ...ask("hi", "there"), toolChoice: "required" as const },
      "toolChoice is not what it was",
    ],
    ["another model", "gpt", agent, ask("hi", "there"), "model 'scripted' was called, now 'gpt' is"],
    [
      "another conversation",
      "scripted",
      { ...agent, scope: "task x, trial 2" },
      ask("hi", "there"),
      "for the agent in task x, trial 2: nothing was recorded for it",
    ],
  ])("is an error that says what differs: %s", async (_, name, scope, request, problem) => {
    const failure = (await prepared()).replay(name, scope).complete(request);
    await expect(failure).rejects.toMatchObject({ fault: "configuration", message: expect.stringContaining(problem) as string });
  });

  test("goes to the fallback model if there is one", async () => {
    const model = (await prepared()).replay("scripted", agent, scriptedModel(["fresh"]));
    expect([await completeText(model, "hi", "there"), await completeText(model, "hi", "you")]).toEqual(["one", "fresh"]);
  });
});

describe("a file that is not a cassette", () => {
  test.each([
    ["a shopping list\n", "is not a cassette"],
    ['{"kind":"cassette","form":99}\n', "newer version of tau2 (form 99"],
    ['{"kind":"cassette","form":1}\n{"kind":"call"}\n', "line 2 of the cassette"],
  ])("is refused, for reading and for recording: %j", async (text, problem) => {
    const path = createPath();
    writeFileSync(path, text);
    await expect(openCassette(path)).rejects.toThrow(problem);
    await expect(recordCassette(path)).rejects.toThrow(problem);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("must be there to be read", async () => {
    await expect(openCassette(join(folder, "none"))).rejects.toThrow("no cassette at");
  });
});
