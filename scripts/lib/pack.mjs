import { readdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";
import { packagesIn, readManifest, root } from "./repository.mjs";

/**
 * @typedef {object} Packed
 * @property {string} name
 * @property {string} folder of its sources, relative to the repository
 * @property {string} tarball absolute path
 * @property {import("./repository.mjs").Manifest} manifest as in the sources
 */

/**
 * Packs every published package the way a release does: `workspace:` and `catalog:` become real versions.
 * Takes `dist` as it is: checks that run at the same time would rebuild it under each other.
 * @param {string} destination
 * @param {NodeJS.ProcessEnv} env with the pinned pnpm on its path
 * @returns {Promise<Packed[]>}
 * @throws {Error} with pnpm's output
 */
export async function packAll(destination, env) {
  return Promise.all(
    packagesIn("packages").map(async (folder) => {
      const manifest = readManifest(folder);
      const { ok, output } = await run("pnpm", ["--dir", folder, "pack", "--pack-destination", destination], {
        env: { ...env, npm_config_ignore_scripts: "true" },
      });
      const start = `${manifest.name.replace("@", "").replace("/", "-")}-${manifest.version}`;
      const file = readdirSync(destination).find((name) => name.startsWith(start));
      if (!ok || !file) throw new Error(`${manifest.name} cannot be packed:\n${output}`);
      return { name: manifest.name, folder, tarball: join(destination, file), manifest };
    }),
  );
}

/**
 * Returns the modules that users can import. Patterns such as `./data/*` are files, not modules.
 * @param {string} name
 * @param {import("./repository.mjs").Manifest} manifest
 * @returns {string[]}
 */
export function entriesOf(name, manifest) {
  const paths = Object.keys(manifest.exports ?? {}).filter((path) => !path.includes("*") && path !== "./package.json");
  return paths.map((path) => name + path.slice(1));
}

/** Returns the environment of a user with Node and npm alone: without this repository on the path, without settings of the surrounding npm. */
export function outsideEnv() {
  const path = (process.env["PATH"] ?? "").split(":").filter((folder) => !folder.startsWith(root));
  const settings = Object.entries(process.env).filter(
    ([name]) => !/^npm_(config_((local_)?prefix|engine_strict)|lifecycle|package|command)/.test(name),
  );
  return { ...Object.fromEntries(settings), PATH: path.join(":") };
}

/**
 * Returns the optional peers of all packages, each in the oldest major version of its range: later ones may not run on the oldest Node.
 * @param {readonly Packed[]} packed
 * @returns {Record<string, string>}
 */
export function oldestPeers(packed) {
  const ranges = packed.flatMap(({ manifest }) => Object.entries(manifest.peerDependencies ?? {}));
  return Object.fromEntries(ranges.map(([name, range]) => [name, range.split(" || ")[0] ?? range]));
}
