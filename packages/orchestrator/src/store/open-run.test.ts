import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isTau2Error, type Task } from "@tau2/domains";
import { afterAll, describe, expect, test } from "vitest";
import { desk, deskData, deskSetup, deskTask, ringBell } from "../../test/desk.ts";
import { readResults } from "../results/read-results.ts";
import { formatResults } from "../results/write-results.ts";
import { agentKinds, userKinds } from "../run/kinds.ts";
import { createRunInfo } from "../run/run-info.ts";
import { type RunOptions, runSimulations } from "../run/run-simulations.ts";
import type { SimulationStore } from "../run/run-simulation.ts";
import { openRun, type RunSession } from "./open-run.ts";
import { readRunHistory } from "./run-log.ts";
import { createRunIdentity, type RunIdentityOptions } from "./run-identity.ts";

const folder = mkdtempSync(join(tmpdir(), "tau2-store-"));
afterAll(() => rmSync(folder, { recursive: true }));
let places = 0;
const createPath = () => join(folder, String(places++), "results.json");
const getLogPath = (path: string) => path.replace("results.json", "run.jsonl");

const lamp = deskTask({ id: "lamp" });
const bell = deskTask({ id: "bell" }, { actions: [ringBell] });
const environment = deskSetup();
const gold = { implementation: "gold", llm: null };

function createSession(more: Partial<RunIdentityOptions> = {}, tasks = [lamp, bell], trials = 2): RunSession {
  return {
    identity: createRunIdentity({
      environment,
      agent: { ...gold, prompt: null },
      user: { ...gold, prompt: "Ask." },
      judge: null,
      seed: 300,
      ...more,
    }),
    info: createRunInfo({ environment, agent: gold, user: gold, trials, seed: 300 }),
    tasks,
    config: { domain: "desk" },
  };
}

/** Runs what is missing, as a program with a store does. */
async function playRun(
  path: string,
  { store: override, ...more }: Partial<Omit<RunOptions, "store">> & { store?: Partial<SimulationStore> } = {},
  { tasks = [lamp, bell], trials = 2, playAgain }: { tasks?: Task[]; trials?: number; playAgain?: () => boolean } = {},
) {
  const store = await (await openRun(path)).begin({ ...createSession({}, tasks, trials), ...(playAgain && { playAgain }) });
  const running = runSimulations({
    domain: desk,
    data: deskData,
    tasks,
    trials,
    seed: 300,
    agent: agentKinds.gold.factory({}),
    user: userKinds.scripted.factory({}),
    retryDelayMs: 0,
    ...more,
    store: { ...store, ...override },
  });
  await running.catch(() => undefined);
  const results = await store.close();
  return { outcome: await running, results };
}

const listOutcomes = (simulations: readonly { task_id: string; trial: number | null; reward_info: { reward: number } | null }[]) =>
  simulations.map(({ task_id, trial, reward_info }) => `${task_id} ${trial} ${reward_info?.reward}`);
const ALL = ["lamp 0 1", "bell 0 1", "lamp 1 1", "bell 1 1"];

describe("a run's store", () => {
  test("has results, log and record in the end, and no lock", async () => {
    const path = createPath();
    const { results } = await playRun(path);
    expect(listOutcomes(results.simulations)).toEqual(ALL);
    expect(readFileSync(path, "utf8")).toBe(formatResults(results));
    expect(readResults(path).simulations).toHaveLength(4);
    const record = JSON.parse(readFileSync(path.replace("results.json", "run.json"), "utf8")) as Record<string, unknown>;
    expect(record).toMatchObject({
      form: 1,
      identity: {
        domain: "desk",
        agent: { implementation: "gold", prompt: null },
        user: { prompt: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      },
      hashes: { data: expect.stringMatching(/^[0-9a-f]{64}$/) as string, packages: expect.any(String) as string },
      sessions: [{ num_trials: 2, packages: { zod: expect.stringMatching(/^\d/) as string } }],
      config: { domain: "desk" },
    });
    expect(existsSync(path.replace("results.json", "run.lock"))).toBe(false);
  });

  test("holds a conversation before it is graded, and grades it without holding it again", async () => {
    const path = createPath();
    await expect(
      playRun(path, {
        store: {
          saveResult() {
            throw new Error("killed between the conversation and its grade");
          },
        },
        concurrency: 1,
      }),
    ).rejects.toThrow("killed");
    const held = (await readRunHistory(getLogPath(path)))!.simulations;
    expect(listOutcomes([...held.values()])).toEqual(["lamp 0 undefined"]);
    const [before] = [...held.values()];
    const { results, outcome } = await playRun(path);
    expect(outcome.totals.planned).toBe(4);
    expect(listOutcomes(results.simulations)).toEqual(ALL);
    expect(results.simulations[0]).toMatchObject({ id: before!.id, messages: before!.messages });
  });

  test("cut off at any byte of its log continues with nothing lost that was complete, and nothing twice", async () => {
    const path = createPath();
    const { results } = await playRun(path);
    const whole = readFileSync(getLogPath(path));
    const firstLine = whole.indexOf("\n") + 1;
    for (let i = 0; i < 12; i++) {
      const cut = firstLine + Math.floor(((whole.length - firstLine) * i) / 12);
      writeFileSync(getLogPath(path), whole);
      truncateSync(getLogPath(path), cut);
      const kept = [...(await readRunHistory(getLogPath(path)))!.simulations.values()];
      const again = await playRun(path);
      expect(listOutcomes(again.results.simulations)).toEqual(ALL);
      const ids = new Set(again.results.simulations.map(({ id }) => id));
      expect(kept.every(({ id }) => ids.has(id))).toBe(true);
      expect(ids.size).toBe(results.simulations.length);
    }
  });

  test("whose first line was torn begins anew", async () => {
    const path = createPath();
    await playRun(path, {}, { tasks: [lamp], trials: 1 });
    truncateSync(getLogPath(path), 10);
    const { results } = await playRun(path, {}, { tasks: [bell], trials: 1 });
    expect(listOutcomes(results.simulations)).toEqual(["bell 0 1"]);
  });

  test("passes over a damaged line, and plays its simulation again", async () => {
    const path = createPath();
    await playRun(path);
    const lines = readFileSync(getLogPath(path), "utf8").split("\n");
    const at = lines.findIndex((line) => line.includes('"held"') && line.includes('"bell"'));
    lines[at] = `${lines[at]!.slice(0, 100)}\0${lines[at]!.slice(101)}`.replace('"kind"', '"kid"');
    writeFileSync(getLogPath(path), lines.join("\n"));
    expect((await readRunHistory(getLogPath(path)))!.damaged).toEqual([at + 1]);
    const { results, outcome } = await playRun(path);
    expect(outcome.totals.planned).toBe(1);
    expect(listOutcomes(results.simulations)).toEqual(ALL);
  });

  test("takes more trials and more tasks; the order is that of the tasks", async () => {
    const path = createPath();
    await playRun(path, {}, { tasks: [bell], trials: 1 });
    const { outcome } = await playRun(path, {}, { tasks: [lamp, bell], trials: 1 });
    expect(outcome.totals.planned).toBe(1);
    const { results } = await playRun(path, {}, { tasks: [lamp], trials: 2 });
    expect(listOutcomes(results.simulations)).toEqual(["bell 0 1", "lamp 0 1", "lamp 1 1"]);
    expect(results.tasks.map(({ id }) => id)).toEqual(["bell", "lamp"]);
    expect(results.info.num_trials).toBe(2);
    expect((await playRun(path, {}, { tasks: [lamp], trials: 1 })).results.info.num_trials).toBe(2);
  });

  test("plays again what an infrastructure error ended; where that comes to nothing a conversation stays", async () => {
    const path = createPath();
    const broken: RunOptions["agent"] = () => {
      throw new Error("no agent");
    };
    const first = await playRun(path, { agent: broken }, { tasks: [lamp], trials: 1 });
    expect(first.results.simulations).toMatchObject([{ termination_reason: "infrastructure_error", info: { error: "no agent" } }]);
    const second = await playRun(path, {}, { tasks: [lamp], trials: 1 });
    expect(listOutcomes(second.results.simulations)).toEqual(["lamp 0 1"]);
    const third = await playRun(path, { agent: broken }, { tasks: [lamp], trials: 1, playAgain: () => true });
    expect(third.results).toEqual(second.results);
    expect((await readRunHistory(getLogPath(path)))!.simulations.size).toBe(1);
  });

  test("counts what took the place of an earlier conversation", async () => {
    const path = createPath();
    await playRun(path, {}, { tasks: [lamp], trials: 1 });
    await playRun(path, {}, { tasks: [lamp], trials: 1, playAgain: () => true });
    const history = (await readRunHistory(getLogPath(path)))!;
    expect(history.playedAgain).toBe(1);
    expect(listOutcomes([...history.simulations.values()])).toEqual(["lamp 0 1"]);
  });

  test("notes each request's parameters once", async () => {
    const path = createPath();
    for (let i = 0; i < 2; i++) {
      const store = await (await openRun(path)).begin(createSession());
      store.noteRequest("agent", { model: "m", temperature: 0 });
      store.noteRequest("agent", { model: "m", temperature: 0 });
      store.noteRequest("user", { model: "m", temperature: 0 });
      await store.close();
    }
    expect((await readRunHistory(getLogPath(path)))!.requests.map(({ role }) => role)).toEqual(["agent", "user"]);
  });
});

describe("a run that was started with something else cannot be resumed:", () => {
  const otherRole = { implementation: "llm_agent", llm: "gpt", llmArgs: { temperature: 0 }, prompt: "Serve." };
  test.each<[string, Partial<RunIdentityOptions>, string]>([
    ["the agent", { agent: otherRole }, '  agent.implementation: "gold" before, "llm_agent" now'],
    ["the seed", { seed: 7 }, "  seed: 300 before, 7 now"],
    ["a limit", { maxSteps: 5 }, "  max_steps: 200 before, 5 now"],
    ["the user's guidelines", { user: { ...gold, prompt: "Beg." } }, "  user.prompt: not what it was"],
    ["the policy", { environment: { ...environment, data: { ...deskData, policy: "Be rude." } } }, "  policy: not what it was"],
    ["the database", { environment: { ...environment, data: { ...deskData, db: { lit: true } } } }, "  database: not what it was"],
  ])("%s", async (_, change, text) => {
    const path = createPath();
    await playRun(path);
    const before = readFileSync(getLogPath(path), "utf8");
    const claim = await openRun(path);
    const thrown: unknown = await claim.begin(createSession(change)).catch((error: unknown) => error);
    await claim.release();
    expect(isTau2Error(thrown) && thrown.code).toBe("incompatible");
    expect((thrown as Error).message).toContain(text);
    expect(readFileSync(getLogPath(path), "utf8")).toBe(before);
  });

  test("a task", async () => {
    const path = createPath();
    await playRun(path);
    const claim = await openRun(path);
    const changed = deskTask({ id: "lamp", ticket: "Off, please." });
    await expect(claim.begin(createSession({}, [changed, bell]))).rejects.toThrow("tasks: 'lamp' is not what it was");
    await claim.release();
  });

  test("a judge, unless only one of the two has any", async () => {
    const path = createPath();
    const judge = { llm: "j", llmArgs: null, prompt: "Judge." };
    for (const options of [{}, { judge }, { judge: null }]) await (await (await openRun(path)).begin(createSession(options))).close();
    await (await (await openRun(path)).begin(createSession({ judge }))).close();
    const claim = await openRun(path);
    await expect(claim.begin(createSession({ judge: { ...judge, llm: "k" } }))).rejects.toThrow('judge.llm: "j" before, "k" now');
    await claim.release();
  });
});

describe("a run cannot be claimed", () => {
  test("twice at the same time", async () => {
    const path = createPath();
    const claim = await openRun(path);
    await expect(openRun(path)).rejects.toThrow("works on this run");
    await claim.release();
    await (await openRun(path)).release();
  });

  test("where its log is something else, or of a newer form", async () => {
    const path = createPath();
    await playRun(path);
    appendFileSync(getLogPath(path), `${JSON.stringify({ kind: "session", form: 99 })}\n`);
    await expect(openRun(path)).rejects.toThrow("newer version of tau2 (form 99");
    writeFileSync(getLogPath(path), "a shopping list\n");
    await expect(openRun(path)).rejects.toThrow("is not a log of a run");
    // Claimed as a new run, it would be cut to nothing.
    writeFileSync(getLogPath(path), `${JSON.stringify({ kind: "request", role: "agent", request: {} })}\n`);
    await expect(openRun(path)).rejects.toMatchObject({ code: "invalid" });
    expect(existsSync(path.replace("results.json", "run.lock"))).toBe(false);
  });

  test("where readers would look for the directory layout", async () => {
    const path = createPath();
    mkdirSync(join(path, "../simulations"), { recursive: true });
    await expect(openRun(path)).rejects.toThrow("holds a folder 'simulations'");
  });
});
