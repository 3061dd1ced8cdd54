import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEnvironmentConfig, isTau2Error } from "@tau2/domains";
import { loadData } from "@tau2/domains/data";
import { registerSecret } from "@tau2/domains/internal";
import { mock } from "@tau2/domains/mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { computeMetrics } from "../metrics/metrics.ts";
import { runOfChores } from "../../test/run-of-chores.ts";
import { resultsFields, simulationLayout } from "./file-layout.ts";
import { parseResults, readResults } from "./read-results.ts";
import { createRunInfo } from "../run/run-info.ts";
import { listRemovedSecrets, resultsSchema, simulationRunSchema } from "./results.ts";
import { formatResults, formatSimulation, writeResults } from "./write-results.ts";
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "tau2-results-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const invalid = (text: string) => expect.toSatisfy((error) => isTau2Error(error, "invalid") && error.message.includes(text));

describe("a results file", () => {
  test("is written whole, folders made, and reads back as it was", async () => {
    const path = join(folder, "deep", "down", "results.json");
    await writeResults(path, runOfChores);
    expect(readFileSync(path, "utf8")).toBe(formatResults(runOfChores));
    expect(formatResults(readResults(path))).toBe(formatResults(runOfChores));
    expect(readdirSync(dirname(path))).toEqual(["results.json"]);
  });

  test("holds the fields that every text simulation has alike", () => {
    const { info, simulations } = JSON.parse(formatResults(runOfChores));
    expect(info.text_streaming_config).toEqual({ chunk_by: "words", chunk_size: 1 });
    expect(simulations[0]).toMatchObject({ mode: "half_duplex", ticks: null, hallucination_retries_used: 0 });
    expect(simulations[0].messages[0]).toMatchObject({ is_audio: false, is_final_chunk: true, contains_speech: true, chunk_id: null });
  });

  test("holds floats as floats and whole numbers as whole numbers", () => {
    const text = formatResults(runOfChores);
    const lines = [
      '"duration": 2.0',
      '"agent_cost": 0.0',
      '"reward": 1.0',
      '"DB": 1.0',
      '"temperature": 0.0',
      '"trial": 0',
      '"max_steps": 200',
    ];
    expect(lines.filter((line) => !text.includes(line))).toEqual([]);
  });

  test("keeps what its format leaves open as it was: kinds of numbers, order of keys", () => {
    const text = formatResults(runOfChores)
      .replace('"temperature": 0.0', '"temperature": 0')
      .replace(
        '"usage": null',
        '"usage": {\n            "completion_tokens": 2,\n            "prompt_tokens": 1,\n            "details": {\n              "share": 1.0\n            }\n          }',
      );
    expect(formatResults(parseResults(text))).toBe(text);
  });

  test("is read without the byte order mark that an editor put at its start", () => {
    const path = join(folder, "marked.json");
    writeFileSync(path, `\ufeff${formatResults(runOfChores)}`);
    expect(formatResults(readResults(path))).toBe(formatResults(runOfChores));
  });

  test("loses unknown keys, as with tau2-bench", () => {
    const text = formatResults(runOfChores).replace('"git_commit"', '"hair": "red",\n    "git_commit"');
    expect(formatResults(parseResults(text))).toBe(formatResults(runOfChores));
  });

  test("is read and written by one list of fields", () => {
    const simulationKeys = simulationLayout.kind === "record" ? Object.keys(simulationLayout.fields) : [];
    expect(Object.keys(resultsSchema.shape)).toEqual(Object.keys(resultsFields));
    expect(Object.keys(simulationRunSchema.shape).filter((key) => !simulationKeys.includes(key))).toEqual([]);
  });
});

describe("the directory layout", () => {
  const place = async (name: string, ids: string[]): Promise<string> => {
    const directory = join(folder, name);
    await mkdir(join(directory, "simulations"), { recursive: true });
    const index = runOfChores.simulations.map(({ id, task_id, trial }) => ({ id, task_id, trial }));
    writeFileSync(
      join(directory, "results.json"),
      JSON.stringify({ ...runOfChores, simulations: undefined, simulation_index: index, format_version: 2 }),
    );
    const [simulation] = runOfChores.simulations;
    for (const id of ids) writeFileSync(join(directory, "simulations", `${id}.json`), formatSimulation({ ...simulation!, id }));
    return directory;
  };
  const ids = runOfChores.simulations.map(({ id }) => id);

  test("reads by the directory or by the file in it, simulations in order of their names", async () => {
    const directory = await place("whole", ids);
    expect(readResults(directory).simulations.map(({ id }) => id)).toEqual([...ids].toSorted());
    expect(readResults(join(directory, "results.json"))).toEqual(readResults(directory));
  });

  test("must hold exactly the simulations of its index", async () => {
    const directory = await place("broken", [ids[0]!, "stranger"]);
    expect(() => readResults(directory)).toThrow(
      invalid(`Missing simulation files: ["${ids[1]}"]; Extra simulation files not in index: ["stranger"]`),
    );
  });
});

describe("unreadable results are reported", () => {
  const text = formatResults(runOfChores);
  test.each([
    ["a file cut in the middle", text.slice(0, text.length / 2), "f.json breaks off after"],
    ["a file cut after a bracket", text.slice(0, text.indexOf('"seed"')).replace(/,\s*$/, ""), "f.json breaks off after"],
    ["an empty file", "", "f.json breaks off after 0 characters"],
    ["a file that is not JSON", "results: []\n{}", 'f.json is not JSON at line 1, column 1: "r" is unexpected'],
    ["a file of another form", '{"info": {}}', "info.git_commit"],
    ["a message of another form", text.replace('"role": "user"', '"role": "waiter"'), "simulations.0.messages.1.role"],
  ])("%s", (_, content, message) => expect(() => parseResults(content, "f.json")).toThrow(invalid(message)));

  test("a file that is not there", () => expect(() => readResults(join(folder, "nowhere.json"))).toThrow(/no results at .*nowhere\.json/));

  test.each([
    ["ticks in a simulation", '"ticks": null', '"ticks": [{"tick_id": 0}]', "ticks"],
    ["settings of the audio model", '"audio_native_config": null', '"audio_native_config": {"model": "m"}', "audio_native_config"],
  ])("simulations with speech whose file lacks the mode: %s", (_, before, after, sign) => {
    const older = text.replaceAll(/"mode": "half_duplex",\s*/g, "").replace(before, after);
    expect(() => parseResults(older, "f.json")).toThrow(
      expect.objectContaining({ code: "unsupported", message: expect.stringContaining(sign) }),
    );
  });

  test("simulations with speech", () => {
    expect(() => parseResults(text.replace('"mode": "half_duplex"', '"mode": "full_duplex"'), "f.json")).toThrow(
      'f.json holds simulations with speech (mode "full_duplex")',
    );
  });
});

const shared = process.env["TAU2_SHARED"] ?? fileURLToPath(new URL("../../../../../shared", import.meta.url));
const recorded = join(shared, "conformance", "results");

describe.skipIf(!existsSync(recorded))("files that tau2-bench wrote (skipped where the shared folder is absent)", () => {
  const figures = existsSync(recorded) ? JSON.parse(readFileSync(join(recorded, "metrics.json"), "utf8")) : {};

  test.each(Object.keys(figures))("%s: the same bytes come back, and the same metrics", (name) => {
    const path = join(recorded, `${name}.json`);
    const results = readResults(path);
    expect(formatResults(results)).toBe(readFileSync(path, "utf8"));
    expect(JSON.parse(JSON.stringify(computeMetrics(results.simulations, results.info)))).toEqual(figures[name]);
  });

  test("the directory layout holds the same simulations as the file", () => {
    const [directory, file] = [readResults(join(recorded, "telecom_dir")), readResults(join(recorded, "telecom.json"))];
    expect(directory.simulations.map(({ task_id, trial }) => `${task_id} ${trial}`).toSorted()).toEqual(
      file.simulations.map(({ task_id, trial }) => `${task_id} ${trial}`).toSorted(),
    );
  });
});

describe("keys among the parameters of models", () => {
  const withKeys = JSON.parse(formatResults(runOfChores));
  withKeys.info.agent_info.llm_args = { temperature: 0, api_key: "k1-of-others", base_url: "http://127.0.0.1:1/v1?sig=k2-of-others" };

  test("are redacted when a file of another program is read, and when it is written again", async () => {
    const results = parseResults(JSON.stringify(withKeys));
    expect(listRemovedSecrets(results)).toEqual(["agent_info.llm_args.api_key", "agent_info.llm_args.base_url"]);
    expect(results.info.agent_info.llm_args).toEqual({
      temperature: 0,
      api_key: "[redacted]",
      base_url: "http://127.0.0.1:1/v1?sig=[redacted]",
    });
    expect(formatResults(results)).not.toMatch(/of-others/);
  });

  test("do not enter the description of a run", () => {
    const environment = createEnvironmentConfig(mock, loadData(mock));
    const agent = { implementation: "llm_agent", llm: "m", llmArgs: { api_key: "k1" } };
    const info = createRunInfo({ environment, agent, user: { implementation: "scripted", llm: null }, trials: 1, seed: 1 });
    expect(info.agent_info.llm_args).toEqual({ api_key: "[redacted]" });
  });
});

test("a file does not contain secrets of the process, and only its owner can read it", async () => {
  registerSecret("sk-of-this-process");
  const [path, old] = [join(folder, "new", "results.json"), join(folder, "old.json")];
  writeFileSync(old, "", { mode: 0o644 });
  const said = { ...runOfChores, timestamp: "sk-of-this-process" };
  await writeResults(path, said);
  await writeResults(old, said);
  expect(readFileSync(path, "utf8")).not.toContain("sk-of-this-process");
  expect(readResults(path).timestamp).toBe("[redacted]");
  if (process.platform === "win32") return;
  expect([path, dirname(path), old].map((each) => statSync(each).mode & 0o777)).toEqual([0o600, 0o700, 0o644]);
});
