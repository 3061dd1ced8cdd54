import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { emptyFolder } from "./tau2.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const tsx = pathToFileURL(createRequire(new URL("../../../package.json", import.meta.url)).resolve("tsx")).href;

/** The command as a process of its own, from the sources. */
async function spawned(words: string[], cwd: string, env: Record<string, string> = {}): Promise<{ code: number; stderr: string }> {
  const { PATH = "" } = process.env;
  const options = { cwd, env: { PATH, ...env } };
  try {
    const { stderr } = await promisify(execFile)(process.execPath, ["--conditions=@tau2/source", "--import", tsx, main, ...words], options);
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

it("a folder of that name is somebody else's", async () => {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, ".env"));
  expect(await spawned(["config", "list"], cwd)).toMatchObject({ code: 0, stderr: "" });
});
