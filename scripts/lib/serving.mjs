import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "./repository.mjs";

/**
 * @typedef {object} Serving
 * @property {string} url
 * @property {(signal: NodeJS.Signals) => void} signal
 * @property {() => string} log what it said on its standard error
 * @property {() => Promise<number | null>} stop tells it to stop, and gives its exit code
 */

/**
 * The built `tau2 serve` on a free port of the loopback, in a process of its own.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} [nodeArgs] options of Node itself
 * @returns {Promise<Serving>}
 * @throws {Error} with what it said when it does not start
 */
export async function serving(args, env, nodeArgs = []) {
  const command = [...nodeArgs, join(root, "packages/cli/dist/main.js"), "serve", "--port", "0", ...args];
  const child = spawn(process.execPath, command, { env, stdio: ["ignore", "pipe", "pipe"] });
  /** @type {string[]} */
  const said = [];
  child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ text) => said.push(text));
  const log = () => said.join("");
  const ended = once(child, "exit");
  const [first] = await Promise.race([once(child.stdout.setEncoding("utf8"), "data"), ended.then(() => [""])]);
  const url = String(first).trim();
  if (!url.startsWith("http")) throw new Error(`tau2 serve did not start:\n${log()}`);
  const stop = async () => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 30_000);
    const [code] = await ended;
    clearTimeout(late);
    return code;
  };
  return { url, signal: (name) => child.kill(name), log, stop };
}
