import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";
import { root } from "./repository.mjs";

const home = join(root, "scripts", "registry");

/**
 * @typedef {object} Registry
 * @property {string} url
 * @property {() => Promise<void>} stop
 */

/**
 * Installs verdaccio where it is missing.
 * @param {NodeJS.ProcessEnv} env with the pinned pnpm on its path
 * @throws {Error} with pnpm's output
 */
export async function installRegistry(env) {
  const { ok, output } = await run("pnpm", ["install", "--frozen-lockfile", "--prefer-offline"], { cwd: home, env });
  if (!ok) throw new Error(`verdaccio cannot be installed in scripts/registry:\n${output}`);
}

/**
 * Starts verdaccio on a free port of the loopback. It takes in `names` without a login, and never asks another registry for them.
 * Every other package comes from the registry that this machine's npm uses.
 * @param {string} folder for its files
 * @param {readonly string[]} names
 * @returns {Promise<Registry>}
 * @throws {Error} with its output when it does not start
 */
export async function startRegistry(folder, names) {
  mkdirSync(folder, { recursive: true });
  const [upstream, cafile] = await Promise.all([getNpmSetting("registry"), getNpmSetting("cafile")]);
  const own = names.map((name) => [name, { access: "$all", publish: "$all" }]);
  const config = {
    storage: join(folder, "storage"),
    auth: { htpasswd: { file: join(folder, "htpasswd"), max_users: -1 } },
    uplinks: { upstream: { url: upstream, maxage: "30m", timeout: "60s", max_fails: 10 } },
    packages: { ...Object.fromEntries(own), "@*/*": { access: "$all", proxy: "upstream" }, "**": { access: "$all", proxy: "upstream" } },
    max_body_size: "100mb",
    web: { enable: false },
    log: { type: "stdout", format: "pretty", level: "error" },
  };
  // JSON is YAML.
  writeFileSync(join(folder, "config.yaml"), JSON.stringify(config, null, 2));
  const env = { ...process.env, ...(cafile !== "null" && { NODE_EXTRA_CA_CERTS: process.env["NODE_EXTRA_CA_CERTS"] ?? cafile }) };
  const child = spawn(process.execPath, [join(home, "serve.mjs"), join(folder, "config.yaml")], { env, stdio: "pipe" });
  /** @type {string[]} */
  const said = [];
  child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ text) => said.push(text));
  child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ text) => said.push(text));
  const ended = once(child, "exit");
  const url = await new Promise((resolve, reject) => {
    const look = () => {
      const found = /^http:\S+$/m.exec(said.join(""));
      if (found) resolve(found[0]);
    };
    child.stdout.on("data", look);
    void ended.then(() => reject(new Error(`verdaccio did not start:\n${said.join("")}`)));
  });
  return {
    url,
    stop: async () => {
      // Its storage goes with it: nothing is worth waiting for.
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** @param {string} name of a setting of this machine's npm */
async function getNpmSetting(name) {
  const { ok, output, stdout } = await run("npm", ["config", "get", name]);
  if (!ok) throw new Error(`npm config get ${name} failed:\n${output}`);
  return stdout.trim();
}
