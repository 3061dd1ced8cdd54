import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bundledCli, type Bundle } from "./bundled.ts";
import { emptyFolder } from "./tau2.ts";

let bundle: Bundle;
beforeAll(async () => {
  bundle = await bundledCli();
});
afterAll(() => bundle.remove());

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of running.splice(0)) await end();
});

/** Starts `tau2 serve` as a process of its own, behind a script of the shell that may limit it. */
async function start(cwd: string, { shell = 'exec "$@"', state = "sessions" } = {}) {
  const command = [process.execPath, bundle.file, "serve", "--port", "0", "--domains", "mock", "--state-dir", state];
  const child = spawn("sh", ["-c", shell, "sh", ...command], {
    cwd,
    env: { PATH: process.env["PATH"] },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stderr: "" };
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const kill = () => (child.kill("SIGKILL"), exited);
  running.push(kill);
  const first = await Promise.race([once(child.stdout, "data") as Promise<[Buffer]>, exited]);
  const url = String(first[0]).trim();
  return { url, pid: child.pid!, output, exited, kill, ask: createClient(url) };
}

type Answer = { status: number; body: Record<string, unknown> & { error?: Record<string, unknown> } };

/** Asks a server. Repeated requests use the same connection, so that a server without descriptors can answer. */
function createClient(url: string) {
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(url + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith("{") ? (JSON.parse(text) as Answer["body"]) : {} };
  };
}

type Client = ReturnType<typeof createClient>;

async function create(ask: Client): Promise<string> {
  const { status, body } = await ask("POST", "/v1/sessions", { task_id: "create_with_title", max_steps: 10_000 });
  expect(status).toBe(201);
  return String(body["session_id"]);
}

const step = (ask: Client, id: string, n: number) =>
  ask("POST", `/v1/sessions/${id}/step`, {
    action: `create_task(user_id='user_4', title='Number ${n}${".".repeat(500)}')`,
    request_id: `s${n}`,
  });

/** Takes steps until one is refused. Returns the number of acknowledged steps, and the refusal. */
async function stepUntilRefused(ask: Client, id: string, from: number): Promise<{ taken: number; refusal: Answer }> {
  for (let n = from; n < 1000; n++) {
    const answer = await step(ask, id, n);
    if (answer.status !== 200) return { taken: n, refusal: answer };
    expect(answer.body["step_count"]).toBe(n + 1);
  }
  throw new Error("no step was refused");
}

async function untilReady(ask: Client): Promise<void> {
  while ((await ask("GET", "/readyz")).status !== 200) await pause(20);
}

/** True where an ordinary user can have a file system of a fixed size. */
const canMount = (() => {
  try {
    execFileSync("unshare", ["-Urm", "sh", "-c", 'mount -t tmpfs -o size=64k tmpfs "$1"', "sh", emptyFolder()], { stdio: "ignore" });
    return existsSync("/proc/self/root");
  } catch {
    return false;
  }
})();

describe("what tau2 serve has acknowledged survives kill -9", () => {
  it.runIf(canMount)("on a disk that fills: 507, and after room was made the step is taken once", async () => {
    const cwd = emptyFolder();
    execFileSync("mkdir", [join(cwd, "disk")]);
    // The disk belongs to the name space of the server's process. A second process in it stays, so that the disk outlives the server.
    const mount = spawn("unshare", ["-Urm", "sh", "-c", "mount -t tmpfs -o size=256k tmpfs disk && echo ready && exec sleep 600"], {
      cwd,
      stdio: ["ignore", "pipe", "inherit"],
    });
    running.push(() => (mount.kill("SIGKILL"), once(mount, "exit")));
    await once(mount.stdout, "data");
    const disk = `/proc/${mount.pid}/root${cwd}/disk`;
    const server = await start(cwd, { state: `${disk}/sessions` });
    const { ask } = server;
    const ids = [await create(ask), await create(ask)];
    await step(ask, ids[1]!, 0);
    const fill = () => {
      try {
        for (let i = 0; ; i++) writeFileSync(join(disk, `filler-${i}`), Buffer.alloc(4096), { flag: "a" });
      } catch (error) {
        expect(error).toMatchObject({ code: "ENOSPC" });
      }
    };
    fill();
    const { taken, refusal } = await stepUntilRefused(ask, ids[0]!, 0);
    expect(refusal).toMatchObject({ status: 507, body: { error: { code: "storage_full", reason: "ENOSPC" } } });
    expect((await ask("POST", "/v1/sessions", { task_id: "create_with_title" })).status).toBe(507);
    expect(await ask("GET", "/readyz")).toMatchObject({ status: 503, body: { status: "storage_full" } });
    expect((await ask("GET", `/v1/sessions/${ids[0]}`)).body).toMatchObject({ step_count: taken });

    execFileSync("sh", ["-c", 'rm "$1"/filler-*', "sh", disk]);
    await untilReady(ask);
    expect((await step(ask, ids[0]!, taken)).body).toMatchObject({ step_count: taken + 1 });
    const more = await stepUntilRefused(ask, ids[0]!, taken + 1);
    expect(more.refusal.status).toBe(507);
    await server.kill();

    const second = await start(cwd, { state: `${disk}/sessions` });
    expect((await second.ask("GET", `/v1/sessions/${ids[0]}`)).body).toMatchObject({ step_count: more.taken });
    expect((await second.ask("GET", `/v1/sessions/${ids[1]}`)).body).toMatchObject({ step_count: 1 });
    expect((await second.ask("GET", "/v1/sessions")).body).toMatchObject({ active_sessions: 2 });
  });

  it("with files that may not grow: 503, and the step before it is there", async () => {
    const cwd = emptyFolder();
    const limited = await start(cwd, { shell: 'ulimit -f 80; exec "$@"' });
    const [id, other] = [await create(limited.ask), await create(limited.ask)];
    const { taken, refusal } = await stepUntilRefused(limited.ask, id, 0);
    expect(taken).toBeGreaterThan(0);
    expect(refusal).toMatchObject({ status: 503, body: { error: { code: "storage_failed", reason: "EFBIG" } } });
    expect((await limited.ask("GET", `/v1/sessions/${id}`)).body).toMatchObject({ step_count: taken });
    await limited.kill();

    const { ask } = await start(cwd);
    expect((await ask("GET", `/v1/sessions/${id}`)).body).toMatchObject({ step_count: taken });
    expect((await ask("GET", `/v1/sessions/${other}`)).body).toMatchObject({ step_count: 0 });
    expect((await step(ask, id, taken)).body).toMatchObject({ step_count: taken + 1 });
  });

  it("with a folder that goes away and comes back", async () => {
    const cwd = emptyFolder();
    const server = await start(cwd);
    const id = await create(server.ask);
    await step(server.ask, id, 0);
    renameSync(join(cwd, "sessions"), join(cwd, "away"));
    expect(await step(server.ask, id, 1)).toMatchObject({ status: 503, body: { error: { code: "storage_failed", reason: "ENOENT" } } });
    expect(await server.ask("GET", "/readyz")).toMatchObject({ status: 503, body: { status: "storage_failed" } });
    renameSync(join(cwd, "away"), join(cwd, "sessions"));
    await untilReady(server.ask);
    expect((await step(server.ask, id, 1)).body).toMatchObject({ step_count: 2 });
    expect(server.output.stderr).toContain("sessions can be stored again");
    await server.kill();
    const { ask } = await start(cwd);
    expect((await ask("GET", `/v1/sessions/${id}`)).body).toMatchObject({ step_count: 2 });
  });

  it("without free descriptors: 503, and nothing is half created", async () => {
    const cwd = emptyFolder();
    const server = await start(cwd, { shell: 'ulimit -n 64; exec "$@"' });
    const id = await create(server.ask);
    const { hostname: host, port } = new URL(server.url);
    const sockets: Socket[] = [];
    let refused: Answer | undefined;
    // Idle connections use the descriptors up, one after the other. The requests keep the connection of the first one.
    for (let n = 0; n < 200 && !refused; n++) {
      sockets.push(connect(Number(port), host).on("error", () => {}));
      const answer = await step(server.ask, id, n);
      if (answer.status !== 200) refused = answer;
    }
    expect(refused).toMatchObject({ status: 503, body: { error: { code: "storage_failed", reason: "EMFILE" } } });
    const { step_count: taken } = (await server.ask("GET", `/v1/sessions/${id}`)).body;
    for (const socket of sockets) socket.destroy();
    await untilReady(server.ask);
    await server.kill();
    const { ask } = await start(cwd);
    expect((await ask("GET", `/v1/sessions/${id}`)).body).toMatchObject({ step_count: taken });
    expect((await ask("GET", "/v1/sessions")).body).toMatchObject({ active_sessions: 1 });
  });
});

describe("the folder of --state-dir", () => {
  it("belongs to one server: a second one is refused, and one after kill -9 takes it over", async () => {
    const cwd = emptyFolder();
    const first = await start(cwd);
    const id = await create(first.ask);
    await step(first.ask, id, 0);
    const second = await start(cwd);
    expect((await second.exited)[0]).not.toBe(0);
    expect(second.output.stderr).toContain(`process ${first.pid} on ${hostname()} works on the sessions in`);
    expect((await step(first.ask, id, 1)).body).toMatchObject({ step_count: 2 });
    await first.kill();
    expect(JSON.parse(readFileSync(join(cwd, "sessions", "server.lock"), "utf8"))).toMatchObject({ pid: first.pid });
    const third = await start(cwd);
    expect((await third.ask("GET", `/v1/sessions/${id}`)).body).toMatchObject({ step_count: 2 });
    process.kill(third.pid, "SIGTERM");
    expect((await third.exited)[0]).toBe(0);
    expect(existsSync(join(cwd, "sessions", "server.lock"))).toBe(false);
    rmSync(cwd, { recursive: true });
  });
});
