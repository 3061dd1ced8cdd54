import { spawn } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { startModelServer, type ModelServer, type ModelServerReply, type ModelServerRequest } from "@tau2/user-sim/testing";
import { afterEach, describe, expect, it } from "vitest";
import { entriesIn, rolloutsIn } from "./rollout-log.ts";
import { spawnable } from "./spawnable.ts";
import { emptyFolder, line } from "./tau2.ts";

let server: ModelServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** The model that plays the user: has a wish, and is content with the first answer in words. */
function user({ body }: ModelServerRequest): ModelServerReply {
  return (body["messages"] as unknown[]).length > 3 ? "Thank you. ###STOP###" : "Please do what we agreed on.";
}

const id = ({ sample_id, generation_id }: { sample_id: number; generation_id: number }) => `${sample_id}.${generation_id}`;
const smoke = "rollout --env_config tau2bench/smoke --policy gold --max_steps 50 --run_name r";

describe("a run that was killed", () => {
  it("has every finished episode, and continues with the others: nothing is lost, nothing is there twice", async () => {
    const cwd = emptyFolder();
    const folder = join(cwd, "logs/r");
    const asked: number[] = [];
    let kill: (() => void) | null = null;
    server = await startModelServer((request, n) => {
      if (request.method === "GET") return { status: 200, body: { data: [] } };
      asked.push(n);
      if (asked.length === 8) kill?.();
      return user(request);
    });
    const words = `${smoke} --group_size 3 --batch_size 2 --user_llm u --user_base_url ${server.baseUrl} --max_concurrency 1`;

    const killed = new Promise<string | null>((resolve) => {
      const { command, args, env } = spawnable(words.split(" "));
      const child = spawn(command, args, { cwd, env, stdio: "ignore" });
      kill = () => child.kill("SIGKILL");
      child.on("exit", (_code, signal) => resolve(signal));
    });
    expect(await killed).toBe("SIGKILL");
    kill = null;
    const before = rolloutsIn(folder);
    expect(before.length).toBeGreaterThan(0);
    expect(before.length).toBeLessThan(12);

    const { code, stdout, stderr } = await line("rollout --resume_run --run_name r", { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain(`Resuming: ${before.length} episode`);
    expect(stdout).toMatch(/\ntrain +4 +12 +1\.0000 +1\.000 +1\.000 +1\.000 /);
    const after = rolloutsIn(folder);
    expect(after.map(id).slice(0, before.length)).toEqual(before.map(id));
    expect(after).toHaveLength(12);
    expect(new Set(after.map(id)).size).toBe(12);
    const steps = readFileSync(join(folder, "metrics.jsonl"), "utf8").trimEnd().split("\n");
    expect(steps.map((text) => (JSON.parse(text) as { step: number }).step)).toEqual([0, 1, 1]);
  });

  it("has the episode again whose line was torn", async () => {
    const cwd = emptyFolder();
    const log = join(cwd, "logs/r/rollouts.jsonl");
    const whole = await line(smoke, { cwd });
    expect(whole.code).toBe(0);
    const lines = readFileSync(log, "utf8").split("\n");
    const last = lines.findLastIndex((text) => text.startsWith('{"kind":"rollout"'));
    writeFileSync(log, [...lines.slice(0, last), lines[last]!.slice(0, 500)].join("\n"));
    const { stderr, stdout } = await line(`${smoke} --resume_run`, { cwd });
    expect(stderr).toContain("Resuming: 3 episodes are there already.");
    expect(stdout).toMatch(/\ntrain +4 +4 +1\.0000 /);
    expect(rolloutsIn(join(cwd, "logs/r")).map(id).toSorted()).toEqual(["0.0", "1.0", "2.0", "3.0"]);
  });

  it("is found by its settings as well", async () => {
    const cwd = emptyFolder();
    const words = smoke.replace(" --run_name r", "");
    await line(`${words} --seed 1`, { cwd });
    const again = await line(`${words} --seed 1 --resume_run`, { cwd });
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining("Resuming: 4 episodes are there already.") as string });
    const other = await line(`${words} --seed 2 --resume_run`, { cwd });
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/run tau2bench-smoke_gold_seed2_replicate0_… .*tau2bench-smoke_gold_seed1/);
  });
});

describe("resuming a run", () => {
  it("may add attempts, and plays only those", async () => {
    const cwd = emptyFolder();
    await line(smoke, { cwd });
    const { stdout } = await line(`${smoke} --resume_run --group_size 2`, { cwd });
    expect(stdout).toMatch(/\ntrain +4 +8 +1\.0000 +1\.000 +1\.000 /);
    expect(rolloutsIn(join(cwd, "logs/r")).map(id)).toHaveLength(8);
  });

  it("is refused where episodes would depend on something else, naming what", async () => {
    const cwd = emptyFolder();
    await line(smoke, { cwd });
    const before = readFileSync(join(cwd, "logs/r/rollouts.jsonl"), "utf8");
    const { code, stderr } = await line(`${smoke} --resume_run --max_turns 9 --seed 5`, { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("environment.turns.max_turns: 5 before, 9 now");
    expect(stderr).toContain("environment.seed: 0 before, 5 now");
    expect(readFileSync(join(cwd, "logs/r/rollouts.jsonl"), "utf8")).toBe(before);
    expect(existsSync(join(cwd, "logs/r/run.lock"))).toBe(false);
  });

  it("is refused while another process works on it", async () => {
    const cwd = emptyFolder();
    await line(smoke, { cwd });
    writeFileSync(join(cwd, "logs/r/run.lock"), JSON.stringify({ pid: process.ppid, host: hostname(), started: null }));
    expect((await line(`${smoke} --resume_run`, { cwd })).stderr).toContain(`process ${process.ppid} on ${hostname()} works on this run`);
  });

  it("needs a run that is there, and a new run a name that is free", async () => {
    const cwd = emptyFolder();
    expect((await line(`${smoke} --resume_run`, { cwd })).stderr).toContain("run r does not exist in ./logs");
    await line(smoke, { cwd });
    expect((await line(smoke, { cwd })).stderr).toContain("logs/r already exists; take another --run-name");
  });

  it("is refused for a log of a newer form, and for a file that is not a log", async () => {
    const cwd = emptyFolder();
    await line(smoke, { cwd });
    const log = join(cwd, "logs/r/rollouts.jsonl");
    appendFileSync(log, '{"kind":"session","form":2}\n');
    expect((await line(`${smoke} --resume_run`, { cwd })).stderr).toContain("written by a newer version of tau2 (form 2, known is 1)");
    writeFileSync(log, "hello\n");
    expect((await line(`${smoke} --resume_run`, { cwd })).stderr).toContain("is not a log of rollouts");
  });
});

it("Ctrl-C stores finished work, says how to continue, and ends with 130", async () => {
  const cwd = emptyFolder();
  const handlers = new Set<() => void>();
  let answered = 0;
  server = await startModelServer((request) => {
    if (request.method === "GET") return { status: 200, body: { data: [] } };
    if (++answered < 4) return user(request);
    for (const handler of handlers) handler();
    return { fault: "hang" };
  });
  const words = `${smoke} --user_llm u --user_base_url ${server.baseUrl} --max_concurrency 1`;
  const { code, stdout, stderr } = await line(words, {
    cwd,
    onInterrupt(handler) {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
  });
  expect(code).toBe(130);
  expect(stderr).toContain("Stopping. Finished work is stored");
  expect(stdout).toContain("to resume it: tau2 rollout --resume-run --run-name r");
  expect(entriesIn(join(cwd, "logs/r")).filter(({ kind }) => kind === "rollout")).toHaveLength(1);
  expect(handlers.size).toBe(0);
});
