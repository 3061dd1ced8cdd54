import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./command.mjs";
import { readManifest, root } from "./repository.mjs";

/**
 * @typedef {object} Toolchain
 * @property {string} node version in use
 * @property {string} pnpm version in use
 * @property {NodeJS.ProcessEnv} env with the repository's tools and its own pnpm first on the path
 */

/** Variables that would let the machine decide what a check finds. */
const machineSettings = new Set(["OPENAI_API_KEY", "OPENAI_BASE_URL", "TAU2_DATA_DIR"]);

/**
 * Finds the pnpm that the repository pins, through npm when the machine does not have it.
 * @returns {Promise<Toolchain>}
 * @throws {Error} when Node is too old or npm cannot bring pnpm
 */
export async function prepareToolchain() {
  const manifest = readManifest(".");
  requireNode(manifest.engines?.node ?? "");
  const pin = manifest.packageManager ?? "";
  const pnpm = pin.replace("pnpm@", "");
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", npm_config_update_notifier: "false" };
  const path = [join(root, "node_modules", ".bin"), await folderOfPnpm(pin, pnpm), process.env["PATH"] ?? ""];
  return { node: process.versions.node, pnpm, env: { ...env, PATH: path.filter(Boolean).join(delimiter) } };
}

/**
 * An environment in which the machine's keys, endpoints and data do not decide what a check finds.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withoutMachineSettings(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !machineSettings.has(name)));
}

/**
 * @param {string} range such as `>=20.19`
 * @throws {Error} naming both versions
 */
function requireNode(range) {
  const [major = 0, minor = 0] = range.replace(">=", "").split(".").map(Number);
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split(".").map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  throw new Error(`this is Node ${process.versions.node}; the project needs Node ${range}`);
}

/**
 * Returns the folder of the pinned pnpm; empty if it is on the path already.
 * @param {string} pin such as `pnpm@10.0.0`
 * @param {string} version
 * @returns {Promise<string>}
 */
async function folderOfPnpm(pin, version) {
  const found = await run("pnpm", ["--version"]);
  if (found.ok && found.stdout.trim() === version) return "";
  const print = "process.stdout.write('\\npath:' + process.env.PATH)";
  const brought = await run("npm", ["exec", "--yes", `--package=${pin}`, "--", "node", "-e", print]);
  const path = brought.stdout.split("\npath:")[1] ?? "";
  const folder = path.split(delimiter).find((entry) => existsSync(join(entry, "pnpm")));
  if (brought.ok && folder) return folder;
  throw new Error(`npm could not bring ${pin}:\n${brought.output}`);
}
