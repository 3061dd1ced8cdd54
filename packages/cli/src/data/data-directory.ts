import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import type { CliIo } from "../io.ts";
import type { Domain, DomainData } from "@tau2/domains";
import { loadData } from "@tau2/domains/data";
import { loadDomain } from "../load-domain.ts";

/** Name of the pulled data in `--data`. */
export const pulledName = "official";

/** Returns the default folder of `tau2 data pull`, in the system's folder for data of programs. */
export function getPulledDirectory(env: CliIo["env"], platform: NodeJS.Platform = process.platform): string {
  return join(userDataFolder(env, platform), "tau2", pulledName);
}

function userDataFolder(env: CliIo["env"], platform: NodeJS.Platform): string {
  const { XDG_DATA_HOME: xdg, LOCALAPPDATA: local } = env;
  const home = env["HOME"] || homedir();
  if (xdg && isAbsolute(xdg)) return xdg;
  if (platform === "win32") return local || join(home, "AppData", "Local");
  return platform === "darwin" ? join(home, "Library", "Application Support") : join(home, ".local", "share");
}

/**
 * Returns the directory that `--data` means: a path, or `official` for the pulled data. A folder of that name in the current directory wins.
 * @throws UsageError when nothing was pulled
 */
function getNamedDirectory(named: string, { cwd, env }: Pick<CliIo, "cwd" | "env">): string {
  const path = resolve(cwd, named);
  if (named !== pulledName || existsSync(path)) return path;
  const pulled = getPulledDirectory(env);
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

/** A domain and its data, from the directory named, else from `TAU2_DATA_DIR`, else the starter data. */
export async function loadDomainWithData(io: CliIo, name: string, data: string | undefined): Promise<{ domain: Domain; data: DomainData }> {
  const domain = await loadDomain(name, io.cwd);
  return { domain, data: loadData(domain, { dataDir: getDataDirectory(io, data) }) };
}
