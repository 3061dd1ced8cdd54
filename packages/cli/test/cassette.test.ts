import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readResults } from "@tau2/orchestrator/results";
import { startModelServer, type ModelServer, type ModelServerReply, type ModelServerRequest } from "@tau2/user-sim/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, tau2 } from "./tau2.ts";

const library = fileURLToPath(new URL("./fixtures/library.ts", import.meta.url));
const run = (...words: string[]) => {
  const trials = words.includes("--num-trials") ? [] : ["--num-trials", "4"];
  return tau2(
    ["run", "-d", library, "--agent-llm", "a", "--user-llm", "u", "--judge-llm", "j", "--retry-delay", "0", ...trials, ...words],
    { cwd },
  );
};

/**
 * An endpoint that is overloaded now and then and answers each distinct request differently.
 * Every answer follows from the request alone, so the order in which concurrent requests arrive does not matter. The trial's
 * seed and the conversation keep the requests of two simulations apart, so that attempts can be counted for each request.
 */
async function moody(onRequest: (n: number) => void = () => {}): Promise<ModelServer> {
  const attempts = new Map<string, number>();
  return startModelServer(({ method, body }: ModelServerRequest, n): ModelServerReply => {
    if (method === "GET") return { status: 200, body: { data: [] } };
    onRequest(n);
    const messages = body["messages"] as { role: string; content: string | null }[];
    const role = body["model"];
    // The prompts are left out: their wording must not decide which conversations break.
    const scenario = role === "u" ? /You want .*/.exec(messages[0]!.content!)![0] : "";
    const request = JSON.stringify([role, body["seed"], scenario, messages.slice(1)]);
    const attempt = (attempts.get(request) ?? 0) + 1;
    attempts.set(request, attempt);
    const mood = createHash("sha256").update(request).digest().readUInt16BE();
    if (mood % 4 === 0 && attempt === 1) return { status: 429, headers: { "retry-after": "0" }, body: { error: { message: "slow down" } } };
    const usage = { prompt_tokens: mood, completion_tokens: 1 };
    if (role === "j") {
      const results = [{ expectedOutcome: "The agent greets the user.", reasoning: `Answer ${mood}.`, metExpectation: mood % 2 === 0 }];
      return { content: JSON.stringify({ results }), usage };
    }
    if (role === "u") {
      // Only the wish for a book breaks: every conversation of the other task reaches the judge.
      const isTooLong = messages.length > 3 && scenario.includes("Walden") && Number(body["seed"]) % 2 === 0;
      if (isTooLong) return { status: 400, body: { error: { message: `request ${mood} is too long: maximum context length` } } };
      return { content: messages.length > 5 ? `Bye ${mood} ###STOP###` : `${scenario} (${mood})`, usage };
    }
    const call = { id: `c${mood}`, name: "shelve", arguments: { title: "Walden", copies: 1 + (mood % 2) } };
    if (mood % 3 === 0) return { toolCalls: [call], usage };
    return { content: `Certainly (${mood}).`, usage };
  });
}

/** Everything of a run's simulations but what the moment brings: ids, times, durations. */
function lasting(path: string): unknown {
  const volatile = new Set(["id", "timestamp", "start_time", "end_time", "duration", "error_traceback"]);
  return JSON.parse(JSON.stringify(readResults(path).simulations, (key, value: unknown) => (volatile.has(key) ? undefined : value)));
}

const cwd = emptyFolder();
const results = (name: string) => join(cwd, "data/simulations", name, "results.json");
let server: ModelServer;

beforeAll(async () => {
  server = await moody();
  await run("--base-url", server.baseUrl, "--record", "tape.jsonl", "--save-to", "recorded", "--max-concurrency", "4");
  await server.close();
});
afterAll(() => server.close());

describe("a recorded run", () => {
  it("holds a simulation that a full context broke off, and one graded by the judge in every trial", () => {
    const { simulations } = readResults(results("recorded"));
    const reasons = (task: string) => simulations.filter(({ task_id }) => task_id === task).map((played) => played.termination_reason);
    expect(new Set(reasons("one"))).toEqual(new Set(["user_stop", "infrastructure_error"]));
    expect(reasons("judged")).toEqual(Array.from({ length: 4 }, () => "user_stop"));
  });

  it("is played back bit for bit, faults included, without an endpoint or a key", async () => {
    const { stderr, code } = await run("--replay", "tape.jsonl", "--save-to", "replayed", "--max-concurrency", "1");
    expect(code, stderr).toBe(0);
    expect(lasting(results("replayed"))).toEqual(lasting(results("recorded")));
  });

  it("has the calls of all roles, and no key", () => {
    const roles = readFileSync(join(cwd, "tape.jsonl"), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((text) => (JSON.parse(text) as { role: string }).role);
    expect(new Set(roles)).toEqual(new Set(["agent", "user", "judge"]));
  });

  it("fails for an unrecorded request, and names the difference", async () => {
    const other = ["--user-llm-args", '{"temperature":1}', "--task-ids", "one", "--num-trials", "1"];
    const { stderr, code } = await run("--replay", "tape.jsonl", "--save-to", "other", ...other);
    expect(code).toBe(1);
    expect(stderr).toContain("lacks an answer for the user in task one, trial 1: parameters were");
  });

  it("may fall through to the models, and be recorded whole on the way", async () => {
    await using fresh = await moody();
    const more = ["--base-url", fresh.baseUrl, "--num-trials", "6", "--max-concurrency", "1", "--task-ids", "one"];
    await run(...more, "--replay", "tape.jsonl", "--replay-fallthrough", "--record", "longer.jsonl", "--save-to", "longer");
    expect(fresh.requests.length).toBeGreaterThan(2);
    const { code } = await run(...more, "--replay", "longer.jsonl", "--save-to", "longer-again");
    expect(code).toBe(0);
    expect(lasting(results("longer-again"))).toEqual(lasting(results("longer")));
  });
});

it("a run that was stopped while it recorded continues recording, and the cassette plays all of it", async () => {
  let stop = () => {};
  await using endpoint = await moody((n) => {
    if (n === 12) stop();
  });
  const words = [
    "run",
    "-d",
    library,
    "--agent-llm",
    "a",
    "--user-llm",
    "u",
    "--judge-llm",
    "j",
    "--retry-delay",
    "0",
    "--num-trials",
    "3",
  ];
  const first = await tau2(
    [...words, "--base-url", endpoint.baseUrl, "--record", "torn.jsonl", "--save-to", "torn", "--max-concurrency", "2"],
    {
      cwd,
      onInterrupt(handler) {
        stop = handler;
        return () => {};
      },
    },
  );
  expect(first.code).toBe(130);
  const onTape = () => readFileSync(join(cwd, "torn.jsonl"), "utf8").length;
  const before = onTape();
  await tau2(["run", "--resume", "--save-to", "torn"], { cwd });
  expect(onTape()).toBeGreaterThan(before);
  const { code, stderr } = await tau2([...words, "--replay", "torn.jsonl", "--save-to", "whole"], { cwd });
  expect(code, stderr).toBe(0);
  expect(lasting(results("whole"))).toEqual(lasting(results("torn")));
});

it.each([
  [["--replay", "none.jsonl"], "no cassette at"],
  [["--replay", "list.txt"], "is not a cassette: record one with `tau2 run --record`"],
  [["--record", "list.txt"], "is not a cassette"],
  [["--replay", "tape.jsonl", "--record", "tape.jsonl"], "cannot be the same file"],
  [["--replay-fallthrough"], "give that too"],
])("%j is refused before anything is begun", async (words, problem) => {
  writeFileSync(join(cwd, "list.txt"), "milk\n");
  const { code, stderr } = await run("--base-url", "http://127.0.0.1:9/v1", ...words, "--save-to", "never");
  expect(code).toBe(2);
  expect(stderr).toContain(problem);
  expect(existsSync(results("never"))).toBe(false);
  expect(readFileSync(join(cwd, "list.txt"), "utf8")).toBe("milk\n");
});

it.each(["--replay", "--record"])("%s without any model is refused: the solutions do not replace the recorded models", async (option) => {
  const file = option === "--replay" ? "tape.jsonl" : "empty.jsonl";
  const { code, stderr } = await tau2(["run", "-d", library, option, file, "--save-to", "never"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(`${option} is about the calls of models, and none takes part in this run`);
  expect(existsSync(results("never"))).toBe(false);
});
