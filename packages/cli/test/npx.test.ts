import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { spawnable } from "./spawnable.ts";
import { emptyFolder } from "./tau2.ts";

test("a server that npx started ends when npx is terminated", async () => {
  const { command, args, env } = spawnable(["serve", "--port", "0", "--domains", "mock"]);
  const cwd = emptyFolder();
  const bin = join(cwd, "node_modules", ".bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(cwd, "package.json"), '{"private":true}');
  writeFileSync(join(bin, "tau2"), `#!/bin/sh\necho $$ >&2\nexec ${[command, ...args].map((word) => `'${word}'`).join(" ")}\n`, {
    mode: 0o755,
  });

  const npx = spawn("npx", ["--no", "tau2"], { cwd, env: { ...env, HOME: cwd } });
  const [id] = (await once(npx.stderr, "data")) as [Buffer];
  onTestFinished(() => endProcess(Number(id.toString().split("\n")[0])));
  const [url] = (await once(npx.stdout, "data")) as [Buffer];
  expect((await fetch(`${url.toString().trim()}/health`)).status).toBe(200);
  // The streams close when the last process that holds them has ended.
  const closed = once(npx, "close");
  npx.kill("SIGTERM");
  await closed;
  await expect(fetch(`${url.toString().trim()}/health`)).rejects.toThrow("fetch failed");
});

/** Ends a process that a failed test left behind. */
function endProcess(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // It has ended.
  }
}
