import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { runOfChores } from "../../test/run-of-chores.ts";
import { convertResults, writeDirectory } from "./convert-results.ts";
import { readResults } from "./read-results.ts";
import { formatResults, writeResults } from "./write-results.ts";
const folder = mkdtempSync(join(tmpdir(), "tau2-convert-"));
afterAll(() => rmSync(folder, { recursive: true }));
let places = 0;
const createPath = async () => {
  const directory = join(folder, String(places++));
  await writeResults(join(directory, "results.json"), runOfChores);
  return directory;
};
/** Simulations of the directory layout come in the order of their names. */
const sorted = { ...runOfChores, simulations: runOfChores.simulations.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };

describe("a conversion", () => {
  test("gives each simulation a file and names them all in another, and leaves a copy of the old file", async () => {
    const directory = await createPath();
    const before = readFileSync(join(directory, "results.json"), "utf8");
    expect(await convertResults(directory)).toEqual({
      from: "json",
      to: "dir",
      redacted: [],
      simulations: 2,
      backups: [join(directory, "results.json.bak")],
    });
    expect(readdirSync(join(directory, "simulations"))).toEqual(["a-unsolved.json", "b-solved.json"]);
    expect(JSON.parse(readFileSync(join(directory, "results.json"), "utf8"))).toMatchObject({
      simulation_index: [
        { id: "b-solved", task_id: sorted.tasks[0]!.id, trial: 0, reward: 1, termination_reason: "user_stop", agent_cost: 0, duration: 2 },
        { id: "a-unsolved", reward: 0 },
      ],
    });
    expect(readFileSync(join(directory, "results.json.bak"), "utf8")).toBe(before);
    expect(formatResults({ ...readResults(directory), simulation_index: null })).toBe(formatResults(sorted));
  });

  test("and back gives the same text, but for the order of simulations, and the index, which stays in its order", async () => {
    const directory = await createPath();
    await convertResults(directory);
    const back = await convertResults(join(directory, "results.json"));
    expect(back).toMatchObject({
      from: "dir",
      to: "json",
      backups: [join(directory, "results.json.bak"), join(directory, "simulations.bak")],
    });
    const { simulation_index } = readResults(directory);
    expect(simulation_index?.map(({ id }) => id)).toEqual(["b-solved", "a-unsolved"]);
    expect(formatResults(readResults(directory))).toBe(formatResults({ ...sorted, simulation_index: simulation_index ?? null }));
    expect(readdirSync(directory).toSorted()).toEqual(["results.json", "results.json.bak", "simulations.bak"]);
  });

  test("to one file writes other letters than ASCII as UTF-8, as tau2-bench's does", async () => {
    const directory = join(folder, "letters");
    const said = { ...runOfChores, timestamp: "Grüße" };
    await writeResults(join(directory, "results.json"), said);
    await convertResults(directory, "dir", { backup: false });
    await convertResults(directory, "json", { backup: false });
    expect(readFileSync(join(directory, "results.json"), "utf8")).toContain("Grüße");
    expect(readResults(directory).timestamp).toBe(said.timestamp);
  });

  test("leaves no copies when none are wanted", async () => {
    const directory = await createPath();
    await convertResults(directory, "dir", { backup: false });
    await convertResults(directory, "json", { backup: false });
    expect(readdirSync(directory)).toEqual(["results.json"]);
  });

  test("to the layout that is there does nothing", async () => {
    const directory = await createPath();
    expect(await convertResults(directory, "json")).toEqual({ from: "json", to: "json", redacted: [], simulations: 2, backups: [] });
    expect(readdirSync(directory)).toEqual(["results.json"]);
  });

  test("does not make files of ids that lead elsewhere", async () => {
    const [simulation] = runOfChores.simulations;
    for (const id of ["../evil", "a/b", "C:x", ".", ""]) {
      const results = { ...runOfChores, simulations: [{ ...simulation!, id }] };
      await expect(writeDirectory(join(folder, "ids", "results.json"), results)).rejects.toThrow("cannot be the name of a file");
    }
    expect(existsSync(join(folder, "ids"))).toBe(false);
  });
});

const shared = process.env["TAU2_SHARED"] ?? fileURLToPath(new URL("../../../../../shared", import.meta.url));
const recorded = join(shared, "conformance", "results", "telecom_dir");

test.skipIf(!existsSync(recorded))(
  "a directory that tau2-bench wrote comes out byte by byte (skipped where the shared folder is absent)",
  async () => {
    const [original, copy] = [readResults(recorded), join(folder, "telecom")];
    await writeDirectory(join(copy, "results.json"), original);
    const names = readdirSync(join(recorded, "simulations"));
    expect(readdirSync(join(copy, "simulations"))).toEqual(names);
    for (const name of names.map((each) => join("simulations", each))) {
      expect(readFileSync(join(copy, name), "utf8"), name).toBe(readFileSync(join(recorded, name), "utf8"));
    }
    const index = (directory: string) =>
      JSON.parse(readFileSync(join(directory, "results.json"), "utf8")) as { simulation_index: { id: string }[] };
    const byId = (directory: string) => ({
      ...index(directory),
      simulation_index: index(directory).simulation_index.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    });
    expect(byId(copy)).toEqual(byId(recorded));
  },
);

test("a conversion leaves out keys among the parameters of models, and names them", async () => {
  const directory = await createPath();
  const file = join(directory, "results.json");
  const stored = JSON.parse(readFileSync(file, "utf8"));
  stored.info.user_info.llm_args = { api_key: "k1-of-others" };
  writeFileSync(file, JSON.stringify(stored));
  expect((await convertResults(directory, "dir", { backup: false })).redacted).toEqual(["user_info.llm_args.api_key"]);
  expect(readFileSync(file, "utf8")).not.toContain("k1-of-others");
});
