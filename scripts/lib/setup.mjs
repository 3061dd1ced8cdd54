import { run } from "./command.mjs";
import { failed, passed, say, started } from "./report.mjs";
import { prepareToolchain } from "./toolchain.mjs";

/** @typedef {{ name: string, hint: string, args: string[] }} SetUpStep */

/** @type {SetUpStep} */
const install = { name: "install", hint: "pnpm install", args: ["install", "--frozen-lockfile", "--prefer-offline"] };

/** Everything that is published, types included. @type {SetUpStep} */
export const buildAll = { name: "build", hint: "turbo run build", args: ["run", "build", "--output-logs=errors-only"] };

/** Build that the command needs: without types, which take most of the time. @type {SetUpStep} */
export const buildCommand = {
  name: "build",
  hint: "turbo run build:js",
  args: ["exec", "turbo", "run", "build:js", "--filter=@tau2/cli...", "--output-logs=errors-only"],
};

/** The bench, with all that it measures. @type {SetUpStep} */
export const buildBench = {
  name: "build",
  hint: "turbo run build",
  args: ["exec", "turbo", "run", "build", "--filter=@tau2-dev/bench...", "--output-logs=errors-only"],
};

/**
 * From a fresh clone to built packages, telling step by step.
 * @param {SetUpStep} build
 * @returns {Promise<import("./toolchain.mjs").Toolchain | null>} null when a step failed; it has been reported
 */
export async function setUp(build) {
  const begin = performance.now();
  started("package manager (npm brings the pinned pnpm)");
  /** @type {import("./toolchain.mjs").Toolchain} */
  let toolchain;
  try {
    toolchain = await prepareToolchain();
  } catch (error) {
    failed("package manager", (performance.now() - begin) / 1000, String(error instanceof Error ? error.message : error));
    return null;
  }
  const { node, pnpm, env } = toolchain;
  passed("package manager", (performance.now() - begin) / 1000, `Node ${node}, pnpm ${pnpm}`);
  for (const { name, hint, args } of [install, build]) {
    started(`${name} (${hint})`);
    const { ok, output, seconds } = await run("pnpm", args, { env: { ...env, CI: "true" } });
    if (!ok) {
      failed(name, seconds, output);
      return null;
    }
    passed(name, seconds);
  }
  say("");
  return toolchain;
}
