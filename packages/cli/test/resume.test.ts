import { execFile } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readResults } from "@tau2/orchestrator/results";
import { startModelServer, type ModelServer, type ModelServerReply, type ModelServerRequest } from "@tau2/user-sim/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { spawnable } from "./spawnable.ts";
import { emptyFolder, tau2 } from "./tau2.ts";

const library = fileURLToPath(new URL("./fixtures/library.ts", import.meta.url));
let server: ModelServer;
/** Fault of the endpoint in place of its answer; checked before each answer. */
let instead: (request: ModelServerRequest) => ModelServerReply | null | Promise<ModelServerReply | null> = () => null;

beforeEach(async () => {
  instead = () => null;
  server = await startModelServer(async (request) => (await instead(request)) ?? reply(request));
});
afterEach(() => server.close());

function reply({ method, body }: ModelServerRequest): ModelServerReply {
  if (method === "GET") return { status: 200, body: { data: [] } };
  const messages = body["messages"] as { role: string }[];
  if (body["model"] === "j") {
    return JSON.stringify({ results: [{ expectedOutcome: "The agent greets the user.", reasoning: "It does.", metExpectation: true }] });
  }
  return messages.some(({ role }) => role === "tool")
    ? "It is on the shelf." // prose-ok: a library has shelves
    : { toolCalls: [{ id: "c1", name: "shelve", arguments: { title: "Walden" } }] };
}

const RUN = ["run", "-d", library, "--agent-llm", "a", "--user", "scripted", "--retry-delay", "0", "--save-to", "x"];
const run = (cwd: string, ...words: string[]) => {
  const judge = words.includes("--judge-llm") ? [] : ["--judge-llm", "none"];
  return tau2([...RUN, ...judge, "--base-url", server.baseUrl, ...words], { cwd });
};
const again = (cwd: string, ...words: string[]) => tau2(["run", "--resume", "--save-to", "x", ...words], { cwd });
const fileOf = (cwd: string, name: string) => join(cwd, "data/simulations/x", name);
const resultsIn = (cwd: string) => readResults(fileOf(cwd, "results.json"));
const units = (cwd: string) =>
  resultsIn(cwd).simulations.map(
    ({ task_id, trial, reward_info, termination_reason }) => `${task_id} ${trial} ${reward_info?.reward ?? termination_reason}`,
  );
const asked = (model = "a") => server.requests.filter(({ body }) => body["model"] === model).length;

describe("--resume", () => {
  it("begins a run that is not there, and leaves one that is done as it is", async () => {
    const cwd = emptyFolder();
    expect((await run(cwd, "--resume", "--num-trials", "2")).code).toBe(0);
    const [before, calls] = [readFileSync(fileOf(cwd, "results.json"), "utf8"), asked()];
    const { code, stderr, stdout } = await run(cwd, "--auto-resume", "--num-trials", "2");
    expect(code).toBe(0);
    expect(stderr).toContain("Resuming run from 4 runs. 0 runs remaining.");
    expect(stdout).toContain("4 planned, 4 graded, 0 excluded");
    expect(readFileSync(fileOf(cwd, "results.json"), "utf8")).toBe(before);
    expect(asked()).toBe(calls);
  });

  it("needs only the run's name; further options are added", async () => {
    const cwd = emptyFolder();
    await run(cwd, "--task-ids", "one");
    expect((await again(cwd, "--num-trials", "3")).code).toBe(0);
    expect(units(cwd)).toEqual(["one 0 1", "one 1 1", "one 2 1"]);
    await again(cwd, "--task-ids", "judged");
    expect(units(cwd)).toHaveLength(6);
    expect((await tau2(["run", "--resume"], { cwd })).stderr).toContain(
      "which run should be resumed? Name it with --save-to; the newest here is x",
    );
  });

  it("continues after a crash that tore the last line, and rewrites a results file that was cut in the middle", async () => {
    const cwd = emptyFolder();
    await run(cwd, "--task-ids", "one", "--num-trials", "3");
    appendFileSync(fileOf(cwd, "run.jsonl"), '{"kind":"held","simu');
    truncateSync(fileOf(cwd, "results.json"), 1000);
    expect(() => resultsIn(cwd)).toThrow("breaks off after 1000 characters: it was not written to its end");
    const calls = asked();
    expect((await again(cwd)).code).toBe(0);
    expect(units(cwd)).toEqual(["one 0 1", "one 1 1", "one 2 1"]);
    expect(asked()).toBe(calls);
  });

  it("continues after Ctrl-C, and plays interrupted simulations again", async () => {
    const cwd = emptyFolder();
    const handlers = new Set<() => void>();
    instead = () => {
      if (asked() < 3) return null;
      for (const handler of handlers) handler();
      return { fault: "hang" };
    };
    const stopped = await tau2([...RUN, "--base-url", server.baseUrl, "--task-ids", "one", "--num-trials", "3", "--max-concurrency", "1"], {
      cwd,
      onInterrupt(handler) {
        handlers.add(handler);
        return () => void handlers.delete(handler);
      },
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toContain("3 planned, 1 graded, 2 excluded (2 not played)");
    expect(stopped.stdout).toContain("to resume it: tau2 run --resume --save-to x");
    instead = () => null;
    const { stderr } = await again(cwd);
    expect(stderr).toContain("Resuming run from 1 runs. 2 runs remaining.");
    expect(units(cwd)).toEqual(["one 0 1", "one 1 1", "one 2 1"]);
  });

  it("grades what a judge could not grade, without holding the conversation again", async () => {
    const cwd = emptyFolder();
    const judged = ["--task-ids", "judged", "--judge-llm", "j"];
    instead = ({ body }) => (body["model"] === "j" ? { status: 400, body: { error: { message: "no judging today" } } } : null);
    const first = await run(cwd, ...judged);
    expect(first.code).toBe(1);
    expect(first.stdout).toContain("1 planned, 0 graded, 1 excluded (1 without a grade: infrastructure 1)");
    const [conversation, calls] = [resultsIn(cwd).simulations[0]!.messages, asked()];
    instead = () => null;
    expect((await again(cwd)).code).toBe(0);
    expect(resultsIn(cwd).simulations[0]).toMatchObject({ messages: conversation, reward_info: { nl_assertions: [{ met: true }] } });
    expect(asked()).toBe(calls);
  });

  it.each([
    [["--agent-llm", "b"], 'agent.llm: "a" before, "b" now'],
    [["--agent-llm-args", '{"top_p":0.5}'], 'agent.llm_args: {"temperature": 0} before, {"top_p": 0.5} now'],
    [["--seed", "7"], "seed: 300 before, 7 now"],
    [["--agent-prompt", "prompt.md"], "agent.prompt: not what it was"],
  ])("refuses %j, which would change results, and says so", async (words, text) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "prompt.md"), "Be quick.");
    await run(cwd, "--task-ids", "one");
    const { code, stderr, stdout } = await again(cwd, ...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(text);
    expect(existsSync(fileOf(cwd, "run.lock"))).toBe(false);
  });

  it("takes another endpoint, and other numbers that change no result", async () => {
    const cwd = emptyFolder();
    await run(cwd, "--task-ids", "one");
    expect((await again(cwd, "--max-concurrency", "9", "--max-retries", "0", "--request-timeout", "9")).code).toBe(0);
  });

  it("keeps the seed of a run that did not care for one", async () => {
    const cwd = emptyFolder();
    await run(cwd, "--task-ids", "one", "--seed", "none");
    await again(cwd, "--num-trials", "2");
    const { info, simulations } = resultsIn(cwd);
    expect(info.seed).toEqual(expect.any(Number));
    expect(new Set(simulations.map(({ seed }) => seed)).size).toBe(2);
  });

  it("leaves results of other programs alone", async () => {
    const cwd = emptyFolder();
    mkdirSync(fileOf(cwd, ""), { recursive: true });
    writeFileSync(fileOf(cwd, "results.json"), "{}");
    expect((await again(cwd)).stderr).toContain("run.jsonl is missing beside it");
    expect(readFileSync(fileOf(cwd, "results.json"), "utf8")).toBe("{}");
  });

  it("does not work on a run that another process works on", async () => {
    const cwd = emptyFolder();
    let meanwhile: Promise<{ code: number; stderr: string }> | undefined;
    // The first run waits for its answer until the second one has been refused.
    instead = async (request) => {
      if (request.body["model"] === "a") await (meanwhile ??= again(cwd));
      return null;
    };
    await run(cwd, "--task-ids", "one");
    expect(await meanwhile).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`process ${process.pid} on ${hostname()} works on this run`) as string,
    });
    expect(units(cwd)).toEqual(["one 0 1"]);
  });
});

describe("--retry-errors and --rerun-tasks", () => {
  const solo = ["--enforce-communication-protocol"];
  const talksAndCalls: ModelServerReply = {
    content: "I do it.",
    toolCalls: [{ id: "c1", name: "shelve", arguments: { title: "Walden" } }],
  };

  it("plays again what ended in an error, and keeps what it was in the log", async () => {
    const cwd = emptyFolder();
    instead = ({ body }) => (body["model"] === "a" ? talksAndCalls : null);
    await run(cwd, "--task-ids", "one", ...solo);
    expect(resultsIn(cwd).simulations[0]!.termination_reason).toBe("agent_error");
    instead = () => null;
    await again(cwd);
    expect(resultsIn(cwd).simulations[0]!.termination_reason).toBe("agent_error");
    const { stdout } = await again(cwd, "--retry-errors");
    expect(units(cwd)).toEqual(["one 0 1"]);
    expect(stdout).toContain("1 simulation was rerun");
    expect(readFileSync(fileOf(cwd, "run.jsonl"), "utf8")).toContain('"agent_error"');
  });

  it("plays all trials of a task again; the others stay", async () => {
    const cwd = emptyFolder();
    await run(cwd, "--num-trials", "2");
    const before = new Map(resultsIn(cwd).simulations.map(({ id, task_id }) => [id, task_id]));
    await again(cwd, "--rerun-tasks", "one");
    const kept = resultsIn(cwd).simulations.filter(({ id }) => before.has(id));
    expect(kept.map(({ task_id }) => task_id)).toEqual(["judged", "judged"]);
    expect(units(cwd)).toHaveLength(4);
    expect((await again(cwd, "--rerun-tasks", "onne")).stderr).toContain("task 'onne'; did you mean 'one'?");
  });

  it("loses nothing where playing again comes to nothing", async () => {
    const cwd = emptyFolder();
    await run(cwd, "--task-ids", "one");
    instead = ({ body }) => (body["model"] === "a" ? { status: 400, body: { error: { message: "gone" } } } : null);
    const { stderr } = await again(cwd, "--rerun-tasks", "one");
    expect(stderr).toContain("gone");
    expect(units(cwd)).toEqual(["one 0 1"]);
  });
});

it("each run says what it was made of", async () => {
  const cwd = emptyFolder();
  await run(cwd, "--task-ids", "one", "--agent-llm-args", '{"top_p":0.5}');
  const record = JSON.parse(readFileSync(fileOf(cwd, "run.json"), "utf8")) as object;
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
  expect(record).toMatchObject({
    hashes: { data: hash, tasks: hash, prompts: hash, packages: hash },
    identity: { agent: { llm: "a", prompt: hash }, database: hash, policy: hash },
    sessions: [
      { packages: { "@tau2/domains": expect.any(String) as string, zod: expect.any(String) as string }, node: process.versions.node },
    ],
    requests: [
      {
        role: "agent",
        model: "a",
        base_url: server.baseUrl,
        parameters: { top_p: 0.5, seed: "of the trial" },
        tool_choice: "auto",
        answered_by: "a",
      },
    ],
  });
});

describe("a disk that is full", () => {
  it("ends the run with a message, with all finished work stored; with room again it continues", async () => {
    const cwd = emptyFolder();
    const { command, args, env } = spawnable([...RUN, "--base-url", server.baseUrl, "--task-ids", "one", "--num-trials", "30"]);
    // The system refuses to let any file grow beyond 40 KiB: half of a line fits, and the rest does not.
    const limited = ["-c", 'ulimit -f 80; exec "$0" "$@"', command, ...args];
    const { code, stderr } = await promisify(execFile)("sh", limited, { cwd, env: { ...env, NODE_NO_WARNINGS: "1" } }).then(
      (done) => ({ code: 0, stderr: done.stderr }),
      (thrown: unknown) => thrown as { code: number; stderr: string },
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot be written: EFBIG.*Finished work is in it/);
    expect(stderr).toContain("resume it with: tau2 run --resume --save-to x");
    const log = readFileSync(fileOf(cwd, "run.jsonl"), "utf8");
    expect(log.endsWith("\n")).toBe(true);
    const kept = log.split("\n").filter((text) => text.startsWith('{"kind":"held"')).length;
    expect(kept).toBeGreaterThan(2);
    const next = await again(cwd);
    expect(next.stderr).toMatch(/Resuming run from \d+ runs/);
    expect(units(cwd)).toEqual(Array.from({ length: 30 }, (_, i) => `one ${i} 1`));
    expect(readFileSync(fileOf(cwd, "run.jsonl"), "utf8").startsWith(log)).toBe(true);
  });

  it("without room for a first line, nothing is begun", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "data"), "a file where the folder should be");
    expect(await run(cwd)).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("Nothing was begun") as string });
  });
});
