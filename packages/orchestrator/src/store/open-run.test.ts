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
const place = () => join(folder, String(places++), "results.json");
const logOf = (path: string) => path.replace("results.json", "run.jsonl");

const lamp = deskTask({ id: "lamp" });
const bell = deskTask({ id: "bell" }, { actions: [ringBell] });
const environment = deskSetup();
const gold = { implementation: "gold", llm: null };

function session(more: Partial<RunIdentityOptions> = {}, tasks = [lamp, bell], trials = 2): RunSession {
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
async function run(
  path: string,
  { store: override, ...more }: Partial<Omit<RunOptions, "store">> & { store?: Partial<SimulationStore> } = {},
  { tasks = [lamp, bell], trials = 2, playAgain }: { tasks?: Task[]; trials?: number; playAgain?: () => boolean } = {},
) {
  const store = await (await openRun(path)).begin({ ...session({}, tasks, trials), ...(playAgain && { playAgain }) });
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

const units = (simulations: readonly { task_id: string; trial: number | null; reward_info: { reward: number } | null }[]) =>
  simulations.map(({ task_id, trial, reward_info }) => `${task_id} ${trial} ${reward_info?.reward}`);
const ALL = ["lamp 0 1", "bell 0 1", "lamp 1 1", "bell 1 1"];

describe("a run's store", () => {
  test("has results, log and record in the end, and no lock", async () => {
    const path = place();
    const { results } = await run(path);
    expect(units(results.simulations)).toEqual(ALL);
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
    const path = place();
    await expect(
      run(path, {
        store: {
          saveResult() {
            throw new Error("killed between the conversation and its grade");
          },
        },
        concurrency: 1,
      }),
    ).rejects.toThrow("killed");
    const held = (await readRunHistory(logOf(path)))!.simulations;
    expect(units([...held.values()])).toEqual(["lamp 0 undefined"]);
    const [before] = [...held.values()];
    const { results, outcome } = await run(path);
    expect(outcome.totals.planned).toBe(4);
    expect(units(results.simulations)).toEqual(ALL);
    expect(results.simulations[0]).toMatchObject({ id: before!.id, messages: before!.messages });
  });

  test("cut off at any byte of its log continues with nothing lost that was complete, and nothing twice", async () => {
    const path = place();
    const { results } = await run(path);
    const whole = readFileSync(logOf(path));
    const firstLine = whole.indexOf("\n") + 1;
    for (let i = 0; i < 12; i++) {
      const cut = firstLine + Math.floor(((whole.length - firstLine) * i) / 12);
      writeFileSync(logOf(path), whole);
      truncateSync(logOf(path), cut);
      const kept = [...(await readRunHistory(logOf(path)))!.simulations.values()];
      const again = await run(path);
      expect(units(again.results.simulations)).toEqual(ALL);
      const ids = new Set(again.results.simulations.map(({ id }) => id));
      expect(kept.every(({ id }) => ids.has(id))).toBe(true);
      expect(ids.size).toBe(results.simulations.length);
    }
  });

  test("whose first line was torn begins anew", async () => {
    const path = place();
    await run(path, {}, { tasks: [lamp], trials: 1 });
    truncateSync(logOf(path), 10);
    const { results } = await run(path, {}, { tasks: [bell], trials: 1 });
    expect(units(results.simulations)).toEqual(["bell 0 1"]);
  });

  test("passes over a damaged line, and plays its simulation again", async () => {
    const path = place();
    await run(path);
    const lines = readFileSync(logOf(path), "utf8").split("\n");
    const at = lines.findIndex((line) => line.includes('"held"') && line.includes('"bell"'));
    lines[at] = `${lines[at]!.slice(0, 100)}\0${lines[at]!.slice(101)}`.replace('"kind"', '"kid"');
    writeFileSync(logOf(path), lines.join("\n"));
    expect((await readRunHistory(logOf(path)))!.damaged).toEqual([at + 1]);
    const { results, outcome } = await run(path);
    expect(outcome.totals.planned).toBe(1);
    expect(units(results.simulations)).toEqual(ALL);
  });

  test("takes more trials and more tasks; the order is that of the tasks", async () => {
    const path = place();
    await run(path, {}, { tasks: [bell], trials: 1 });
    const { outcome } = await run(path, {}, { tasks: [lamp, bell], trials: 1 });
    expect(outcome.totals.planned).toBe(1);
    const { results } = await run(path, {}, { tasks: [lamp], trials: 2 });
    expect(units(results.simulations)).toEqual(["bell 0 1", "lamp 0 1", "lamp 1 1"]);
    expect(results.tasks.map(({ id }) => id)).toEqual(["bell", "lamp"]);
    expect(results.info.num_trials).toBe(2);
    expect((await run(path, {}, { tasks: [lamp], trials: 1 })).results.info.num_trials).toBe(2);
  });

  test("plays again what an infrastructure error ended; where that comes to nothing a conversation stays", async () => {
    const path = place();
    const broken: RunOptions["agent"] = () => {
      throw new Error("no agent");
    };
    const first = await run(path, { agent: broken }, { tasks: [lamp], trials: 1 });
    expect(first.results.simulations).toMatchObject([{ termination_reason: "infrastructure_error", info: { error: "no agent" } }]);
    const second = await run(path, {}, { tasks: [lamp], trials: 1 });
    expect(units(second.results.simulations)).toEqual(["lamp 0 1"]);
    const third = await run(path, { agent: broken }, { tasks: [lamp], trials: 1, playAgain: () => true });
    expect(third.results).toEqual(second.results);
    expect((await readRunHistory(logOf(path)))!.simulations.size).toBe(1);
  });

  test("counts what took the place of an earlier conversation", async () => {
    const path = place();
    await run(path, {}, { tasks: [lamp], trials: 1 });
    await run(path, {}, { tasks: [lamp], trials: 1, playAgain: () => true });
    const history = (await readRunHistory(logOf(path)))!;
    expect(history.playedAgain).toBe(1);
    expect(units([...history.simulations.values()])).toEqual(["lamp 0 1"]);
  });

  test("notes each request's parameters once", async () => {
    const path = place();
    for (let i = 0; i < 2; i++) {
      const store = await (await openRun(path)).begin(session());
      store.noteRequest("agent", { model: "m", temperature: 0 });
      store.noteRequest("agent", { model: "m", temperature: 0 });
      store.noteRequest("user", { model: "m", temperature: 0 });
      await store.close();
    }
    expect((await readRunHistory(logOf(path)))!.requests.map(({ role }) => role)).toEqual(["agent", "user"]);
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
    const path = place();
    await run(path);
    const before = readFileSync(logOf(path), "utf8");
    const claim = await openRun(path);
    const thrown: unknown = await claim.begin(session(change)).catch((error: unknown) => error);
    await claim.release();
    expect(isTau2Error(thrown) && thrown.code).toBe("incompatible");
    expect((thrown as Error).message).toContain(text);
    expect(readFileSync(logOf(path), "utf8")).toBe(before);
  });

  test("a task", async () => {
    const path = place();
    await run(path);
    const claim = await openRun(path);
    const changed = deskTask({ id: "lamp", ticket: "Off, please." });
    await expect(claim.begin(session({}, [changed, bell]))).rejects.toThrow("tasks: 'lamp' is not what it was");
    await claim.release();
  });

  test("a judge, unless only one of the two has any", async () => {
    const path = place();
    const judge = { llm: "j", llmArgs: null, prompt: "Judge." };
    for (const options of [{}, { judge }, { judge: null }]) await (await (await openRun(path)).begin(session(options))).close();
    await (await (await openRun(path)).begin(session({ judge }))).close();
    const claim = await openRun(path);
    await expect(claim.begin(session({ judge: { ...judge, llm: "k" } }))).rejects.toThrow('judge.llm: "j" before, "k" now');
    await claim.release();
  });
});

describe("a run cannot be claimed", () => {
  test("twice at the same time", async () => {
    const path = place();
    const claim = await openRun(path);
    await expect(openRun(path)).rejects.toThrow("works on this run");
    await claim.release();
    await (await openRun(path)).release();
  });

  test("where its log is something else, or of a newer form", async () => {
    const path = place();
    await run(path);
    appendFileSync(logOf(path), `${JSON.stringify({ kind: "session", form: 99 })}\n`);
    await expect(openRun(path)).rejects.toThrow("newer version of tau2 (form 99");
    writeFileSync(logOf(path), "a shopping list\n");
    await expect(openRun(path)).rejects.toThrow("is not a log of a run");
    expect(existsSync(path.replace("results.json", "run.lock"))).toBe(false);
  });

  test("where readers would look for the directory layout", async () => {
    const path = place();
    mkdirSync(join(path, "../simulations"), { recursive: true });
    await expect(openRun(path)).rejects.toThrow("holds a folder 'simulations'");
  });
});
