import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readResults, type Results, type SimulationRun } from "@tau2/orchestrator/results";
import { startModelServer, type ModelServer, type ModelServerRequest } from "@tau2/user-sim/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundledCli, type Bundle } from "./bundled.ts";
import { emptyFolder, tau2 } from "./tau2.ts";

const KILLS = 20;
const SIMULATIONS = 200;

let server: ModelServer;
let bundle: Bundle;
beforeAll(async () => {
  [server, bundle] = await Promise.all([startModelServer(answer), bundledCli()]);
});
afterAll(async () => {
  await server.close();
  bundle.remove();
});

/** A customer who leaves before anything is done in every third trial, so that rewards differ. */
async function answer({ method, body }: ModelServerRequest) {
  if (method === "GET") return { status: 200, body: { data: [] } };
  await pause(2);
  const said = body["messages"] as { role: string }[];
  if (said.length <= 2) return Number(body["seed"]) % 3 === 0 ? "Never mind. ###STOP###" : "You know what I want.";
  return "Thank you. ###STOP###";
}

const words = (url: string) =>
  `run -d mock --num-tasks 10 --num-trials 20 --agent gold --user-llm u --base-url ${url} --max-concurrency 8 --judge-llm none`.split(" ");

/** Numbers in [0, 1) that are the same every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** Returns the results of a run, without ids and times. */
function outcome({ simulations, info: { num_trials, seed } }: Results) {
  return {
    num_trials,
    seed,
    simulations: simulations.map(({ task_id, trial, seed: own, termination_reason, reward_info, messages, info }) => ({
      task_id,
      trial,
      seed: own,
      termination_reason,
      reward_info,
      info,
      said: (messages ?? []).map((message) => ({
        role: message.role,
        content: message.content,
        calls: "tool_calls" in message ? message.tool_calls : null,
      })),
    })),
  };
}

const linesIn = (path: string) => (existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0);

it(`kill -9 at ${KILLS} random moments of a run of ${SIMULATIONS} simulations loses nothing and does nothing twice`, async () => {
  const chance = random(20_251_123);
  const cwd = emptyFolder();
  const folder = join(cwd, "data/simulations/killed");
  const log = join(folder, "run.jsonl");
  const command = [bundle.file, ...words(server.baseUrl), "--save-to", "killed", "--resume"];
  const start = () => spawn(process.execPath, command, { cwd, env: { PATH: process.env["PATH"] }, stdio: ["ignore", "ignore", "pipe"] });
  const seen = new Map<string, string>();

  for (let kill = 0; kill < KILLS; kill++) {
    const child = start();
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    const gone = new Promise<NodeJS.Signals | number | null>((resolve) => {
      child.once("exit", (code, signal) => resolve(signal ?? code));
    });
    const share = (2 * SIMULATIONS * 0.9 - linesIn(log)) / (KILLS - kill);
    const target = linesIn(log) + chance() * 1.5 * share;
    // Some die before they have begun, most in the middle of their work, between two looks at the log.
    if (chance() < 0.2) await pause(chance() * 300);
    else while (child.exitCode === null && linesIn(log) < target) await pause(1);
    await pause(chance() * 5);
    child.kill("SIGKILL");
    expect(await gone, errors).toBe("SIGKILL");
    for (const text of existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(0, -1) : []) {
      const entry = JSON.parse(text) as { kind: string; simulation?: SimulationRun };
      if (entry.kind === "held") seen.set(`${entry.simulation!.trial} ${entry.simulation!.task_id}`, entry.simulation!.id);
    }
  }
  expect(seen.size).toBeGreaterThan(SIMULATIONS / 2);

  const last = await tau2([...words(server.baseUrl), "--save-to", "killed", "--resume"], { cwd });
  expect(last.stderr).toMatch(/Resuming run from \d+ runs\. \d+ runs remaining\./);
  expect(last.code).toBe(0);
  const undisturbed = emptyFolder();
  await tau2([...words(server.baseUrl), "--save-to", "whole"], { cwd: undisturbed });

  const results = readResults(folder);
  expect(results.simulations).toHaveLength(SIMULATIONS);
  expect(outcome(results)).toEqual(outcome(readResults(join(undisturbed, "data/simulations/whole"))));
  expect(new Set(results.simulations.map(({ reward_info }) => reward_info?.reward))).toEqual(new Set([0, 1]));

  const held = readFileSync(log, "utf8")
    .split("\n")
    .filter((text) => text.startsWith('{"kind":"held"'))
    .map((text) => (JSON.parse(text) as { simulation: SimulationRun }).simulation);
  expect(held).toHaveLength(SIMULATIONS);
  for (const { trial, task_id, id } of held) expect(seen.get(`${trial} ${task_id}`) ?? id).toBe(id);
  expect(existsSync(join(folder, "run.lock"))).toBe(false);
  expect(statSync(join(folder, "results.json")).size).toBeGreaterThan(0);
}, 300_000);
