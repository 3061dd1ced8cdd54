import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deskSetup, deskTask } from "../../test/desk.ts";
import { runOfChores } from "../../test/run-of-chores.ts";
import { convertResults } from "../results/convert-results.ts";
import { writeResults } from "../results/write-results.ts";
import { createRunInfo } from "../run/run-info.ts";
import { openRun } from "./open-run.ts";
import { readRun } from "./read-run.ts";
import { createRunIdentity } from "./run-identity.ts";

const folder = mkdtempSync(join(tmpdir(), "tau2-read-"));
afterAll(() => rmSync(folder, { recursive: true }));
const getPath = (...path: string[]) => join(folder, ...path);
const [simulation] = runOfChores.simulations;

/** A run of one held conversation, which may be copied and broken. */
beforeAll(async () => {
  const environment = deskSetup();
  const role = { implementation: "gold", llm: null };
  const claim = await openRun(getPath("whole/results.json"));
  const store = await claim.begin({
    identity: createRunIdentity({ environment, agent: { ...role, prompt: null }, user: { ...role, prompt: null }, judge: null, seed: 1 }),
    info: createRunInfo({ environment, agent: role, user: role, trials: 1, seed: 1 }),
    tasks: [deskTask()],
  });
  await store.saveConversation(simulation!);
  await store.close();
});

function copyRun(name: string): string {
  mkdirSync(getPath(name));
  for (const file of ["results.json", "run.jsonl", "run.json"]) copyFileSync(getPath("whole", file), getPath(name, file));
  for (const file of ["run.jsonl", "results.json"]) utimesSync(getPath(name, file), 1, 1);
  return getPath(name);
}

describe("a stored run", () => {
  test("is read from its results file, with what it was made of", async () => {
    const { results, fromLog, identity, file } = await readRun(getPath("whole"));
    expect([results.simulations.map(({ id }) => id), fromLog, identity?.domain]).toEqual([[simulation!.id], false, "desk"]);
    expect(file).toBe(getPath("whole/results.json"));
  });

  test("is read from its log where that is newer, or the results file is cut or gone", async () => {
    const [newer, cut, gone] = [copyRun("newer"), copyRun("cut"), copyRun("gone")];
    utimesSync(join(newer, "run.jsonl"), 2, 2);
    truncateSync(join(cut, "results.json"), 50);
    rmSync(join(gone, "results.json"));
    for (const run of [newer, cut, gone]) {
      expect(await readRun(run)).toMatchObject({ fromLog: true, results: { simulations: [{ id: simulation!.id }] } });
    }
  });

  test("without a record or with a damaged one is read all the same", async () => {
    const run = copyRun("damaged");
    writeFileSync(join(run, "run.json"), "{");
    expect(await readRun(run)).toMatchObject({ identity: null, results: { simulations: [{}] } });
  });

  test("of another program is what its results say, in any layout", async () => {
    await writeResults(getPath("other/results.json"), runOfChores);
    expect(await readRun(getPath("other"))).toMatchObject({ identity: null, fromLog: false });
    await convertResults(getPath("other"));
    expect((await readRun(getPath("other"))).results.simulations).toHaveLength(2);
  });

  test("is read from its log without a last line that was cut off", async () => {
    const run = copyRun("torn");
    rmSync(join(run, "results.json"));
    const size = statSync(join(run, "run.jsonl")).size;
    truncateSync(join(run, "run.jsonl"), size - 10);
    expect(await readRun(run)).toMatchObject({ fromLog: true, results: { simulations: [] } });
  });
});

describe("a run cannot be read", () => {
  test("from a folder that does not exist, or does not have a run", async () => {
    mkdirSync(getPath("empty"));
    for (const name of ["nowhere", "empty"]) await expect(readRun(getPath(name))).rejects.toMatchObject({ code: "not_found" });
  });

  test("from a log that a newer version wrote", async () => {
    const run = copyRun("later");
    appendFileSync(join(run, "run.jsonl"), `${JSON.stringify({ kind: "session", form: 2 })}\n`);
    utimesSync(join(run, "run.jsonl"), 2, 2);
    await expect(readRun(run)).rejects.toMatchObject({ code: "unsupported", message: expect.stringContaining(run) as string });
  });

  test("from a file that is something else, or was cut off without a log beside it", async () => {
    writeFileSync(getPath("cut.json"), "{");
    await expect(readRun(getPath("cut.json"))).rejects.toMatchObject({ code: "invalid" });
    const run = copyRun("list");
    rmSync(join(run, "results.json"));
    writeFileSync(join(run, "run.jsonl"), "a shopping list\n");
    await expect(readRun(run)).rejects.toMatchObject({ code: "invalid" });
  });
});
