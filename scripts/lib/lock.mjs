import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { root } from "./repository.mjs";

const folder = join(root, "node_modules", ".cache");

/**
 * Runs `work` while no other process of this checkout holds the lock. A lock left by a dead process is ignored.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.lock`);
  while (!take(file)) await wait(100);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    if (!isHeld(file)) rmSync(file, { force: true });
    return false;
  }
}

/** @param {string} file */
function isHeld(file) {
  try {
    // Signal 0 only asks whether the process is there. Empty: its holder is still writing.
    const pid = readFileSync(file, "utf8");
    return pid === "" || process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}
