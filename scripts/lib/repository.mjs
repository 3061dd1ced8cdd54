import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder, wherever a script was started from. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {string} [packageManager]
 * @property {{ node?: string }} [engines]
 * @property {Record<string, unknown>} [exports]
 * @property {Record<string, Record<string, string[]>>} [typesVersions]
 * @property {Record<string, string>} [bin]
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [peerDependencies]
 */

/**
 * @param {string} folder relative to the repository
 * @returns {Manifest}
 */
export function readManifest(folder) {
  return JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
}

/**
 * Folders under `parent` that hold a package, relative to the repository.
 * @param {string} parent
 * @returns {string[]}
 */
export function packagesIn(parent) {
  if (!existsSync(join(root, parent))) return [];
  return readdirSync(join(root, parent))
    .map((name) => `${parent}/${name}`)
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .toSorted();
}

/** Folder with recorded vectors of tau2-bench and its data, if the machine has one; else null. */
export function sharedFolder() {
  const folder = process.env["TAU2_SHARED"] || join(root, "..", "shared");
  return existsSync(join(folder, "conformance")) ? folder : null;
}
