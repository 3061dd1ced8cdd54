import { spawn } from "node:child_process";
import { openSync } from "node:fs";
import { root } from "./repository.mjs";

/** No command may take longer than this, in milliseconds: a hang is a failure, not a wait. */
const limit = 20 * 60_000;

/** Commands that run. They end with this process. @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
process.once("exit", () => running.forEach((child) => child.kill()));

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd] the repository unless given
 * @property {NodeJS.ProcessEnv} [env] the whole environment; this process's own unless given
 */

/**
 * @typedef {object} Outcome
 * @property {boolean} ok the command ended with exit code 0
 * @property {string} output both of its streams, in the order in which they came
 * @property {string} stdout
 * @property {number} seconds
 */

/**
 * Runs a command to its end with its output kept back. Never throws: a command that cannot start has failed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<Outcome>}
 */
export function run(command, args, { cwd = root, env = process.env } = {}) {
  const started = performance.now();
  return new Promise((resolve) => {
    /** @type {string[]} */
    const all = [];
    /** @type {string[]} */
    const out = [];
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
    running.add(child);
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      all.push(`${command} was ended: it took longer than ${limit / 60_000} minutes\n`);
      finish(false);
    }, limit);
    child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      all.push(text);
      out.push(text);
    });
    child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ text) => all.push(text));
    const finish = (/** @type {boolean} */ ok) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ ok, output: all.join(""), stdout: out.join(""), seconds: (performance.now() - started) / 1000 });
    };
    child.on("error", (error) => {
      all.push(`${command}: ${error.message}\n`);
      finish(false);
    });
    child.on("close", (code, signal) => {
      if (signal) all.push(`${command} was ended by ${signal}\n`);
      finish(code === 0);
    });
  });
}

/**
 * Runs a command on this terminal.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions & { stdoutFile?: string }} [options] `stdoutFile` takes its standard output, whose place on the terminal stays empty
 * @returns {Promise<number>} its exit code
 */
export function runHere(command, args, { cwd = root, env = process.env, stdoutFile } = {}) {
  const out = stdoutFile === undefined ? "inherit" : openSync(stdoutFile, "w");
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["inherit", out, "inherit"] });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
