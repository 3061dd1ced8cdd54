import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { spawnable } from "./spawnable.ts";
import { emptyFolder } from "./tau2.ts";

const run = promisify(execFile);

/** The command as a process of its own. */
async function spawned(words: string[], cwd: string, more: Record<string, string> = {}): Promise<{ code: number; stderr: string }> {
  const { command, args, env } = spawnable(words);
  try {
    const { stderr } = await run(command, args, { cwd, env: { ...env, ...more } });
    return { code: 0, stderr };
  } catch (thrown) {
    return thrown as { code: number; stderr: string };
  }
}

it("a file .env is read, and what the environment sets wins", async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, ".env"), "TAU2_DATA_DIR=from-file\n");
  const fromFile = await spawned(["tasks", "list", "airline"], cwd);
  expect(fromFile.code).toBe(2);
  expect(fromFile.stderr).toContain(join(cwd, "from-file"));
  expect((await spawned(["tasks", "list", "airline"], cwd, { TAU2_DATA_DIR: "from-shell" })).stderr).toContain(join(cwd, "from-shell"));
});

it("a .env file that cannot be read costs one line, and the command runs", async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, ".env"), Buffer.from([0x41, 0xff]));
  const { code, stderr } = await spawned(["config", "list"], cwd);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^note: .*\.env.*\n$/);
});

it("a run goes on to its end when standard error is closed", async () => {
  const cwd = emptyFolder();
  const { command, args, env } = spawnable(["run", "-d", "mock", "--json"]);
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  child.stderr.destroy();
  const [[code], stdout] = await Promise.all([once(child, "exit"), text(child.stdout)]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toBeTypeOf("object");
});

it.skipIf(process.platform === "win32")("a server continues, and stops as it should, when standard error is closed", async () => {
  const { command, args, env } = spawnable(["serve", "--port", "0", "--domains", "mock"]);
  const child = spawn(command, args, { cwd: emptyFolder(), env, stdio: ["ignore", "pipe", "pipe"] });
  child.stderr.destroy();
  const [url] = (await once(child.stdout, "data")) as [Buffer];
  expect((await fetch(`${url.toString().trim()}/health`)).status).toBe(200);
  child.kill("SIGTERM");
  expect((await once(child, "exit"))[0]).toBe(0);
});

it.skipIf(!existsSync("/dev/full"))("output to a full device ends with a message, not with a stack", async () => {
  const { command, args, env } = spawnable(["tasks", "list", "airline"]);
  const { code, stderr } = await run("sh", ["-c", 'exec "$@" > /dev/full', "sh", command, ...args], { cwd: emptyFolder(), env })
    .catch((thrown: unknown) => thrown as { code: number; stderr: string })
    .then((outcome) => ({ code: 0, ...outcome }));
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: .*ENOSPC/);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});
