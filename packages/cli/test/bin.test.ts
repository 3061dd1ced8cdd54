import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { spawnable } from "./spawnable.ts";
import { emptyFolder } from "./tau2.ts";

/** The command as a process of its own. */
async function spawned(words: string[], cwd: string, more: Record<string, string> = {}): Promise<{ code: number; stderr: string }> {
  const { command, args, env } = spawnable(words);
  try {
    const { stderr } = await promisify(execFile)(command, args, { cwd, env: { ...env, ...more } });
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

it("a folder of that name in the current directory is ignored", async () => {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, ".env"));
  expect(await spawned(["config", "list"], cwd)).toMatchObject({ code: 0, stderr: "" });
});
