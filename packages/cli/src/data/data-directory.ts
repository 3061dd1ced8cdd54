import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import type { CliIo } from "../io.ts";

/** Name of the pulled data in `--data`. */
export const pulledName = "official";

/**
 * Returns the default folder of `tau2 data pull`, in the system's folder for data of programs.
 * Null if the user does not have a home directory, as in some containers.
 */
export function findPulledDirectory(env: CliIo["env"], platform: NodeJS.Platform = process.platform): string | null {
  const folder = findUserDataFolder(env, platform);
  return folder === null ? null : join(folder, "tau2", pulledName);
}

/** Returns the same folder. @param remedy words after "or" in the error @throws UsageError without a home directory */
export function getPulledDirectory(env: CliIo["env"], remedy: string): string {
  const folder = findPulledDirectory(env);
  if (folder === null) throw new UsageError(`this user does not have a home directory: set HOME or XDG_DATA_HOME, or ${remedy}`);
  return folder;
}

function findUserDataFolder(env: CliIo["env"], platform: NodeJS.Platform): string | null {
  const { XDG_DATA_HOME: xdg, LOCALAPPDATA: local } = env;
  if (xdg && isAbsolute(xdg)) return xdg;
  if (platform === "win32" && local) return local;
  const home = env["HOME"] || findHomeDirectory();
  if (!home) return null;
  if (platform === "win32") return join(home, "AppData", "Local");
  return platform === "darwin" ? join(home, "Library", "Application Support") : join(home, ".local", "share");
}

function findHomeDirectory(): string | null {
  try {
    return homedir();
  } catch {
    // A user id without an entry in the system's list of users.
    return null;
  }
}

/**
 * Returns the directory that `--data` means: a path, or `official` for the pulled data. A folder of that name in the current directory wins.
 * @throws UsageError when nothing was pulled
 */
function getNamedDirectory(named: string, { cwd, env }: Pick<CliIo, "cwd" | "env">): string {
  const path = resolve(cwd, named);
  if (named !== pulledName || existsSync(path)) return path;
  const pulled = getPulledDirectory(env, "name the directory by its path");
  if (!existsSync(pulled)) throw new UsageError(`--data ${pulledName}: nothing was pulled yet; \`tau2 data pull\` does it`);
  return pulled;
}

/**
 * Returns the effective data directory: the named one (`official` is the pulled data), else `TAU2_DATA_DIR`, else null for the starter data.
 * @throws UsageError for `official` when nothing was pulled
 */
export function getDataDirectory(io: Pick<CliIo, "env" | "cwd">, named: string | null | undefined): string | null {
  if (named) return getNamedDirectory(named, io);
  const directory = io.env["TAU2_DATA_DIR"];
  return directory ? resolve(io.cwd, directory) : null;
}
