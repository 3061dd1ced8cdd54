import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packagesIn, readManifest, root } from "./repository.mjs";

/**
 * Returns the `typesVersions` that repeat `exports` for `moduleResolution: node10`, which does not read `exports`.
 * @param {import("./repository.mjs").Manifest} manifest
 * @returns {Record<string, Record<string, string[]>> | undefined} undefined for a package with one entry
 */
function typesVersionsOf({ exports = {} }) {
  const types = Object.entries(exports).flatMap(([path, target]) => {
    const declarations = /** @type {{ import?: { types?: string } }} */ (target).import?.types;
    return path === "." || declarations === undefined ? [] : [[path.slice(2), [declarations]]];
  });
  return types.length === 0 ? undefined : { "*": Object.fromEntries(types) };
}

/**
 * Returns the names of packages whose `typesVersions` differ from their `exports`.
 * @returns {string[]}
 */
export function findStaleTypesVersions() {
  const manifests = packagesIn("packages").map((folder) => readManifest(folder));
  return manifests
    .filter((manifest) => JSON.stringify(manifest.typesVersions) !== JSON.stringify(typesVersionsOf(manifest)))
    .map(({ name }) => name);
}

/** Writes `typesVersions` into every manifest, after `types`. */
export function writeTypesVersions() {
  for (const folder of packagesIn("packages")) {
    const path = join(root, folder, "package.json");
    const { typesVersions: _, ...manifest } = JSON.parse(readFileSync(path, "utf8"));
    const fresh = typesVersionsOf(manifest);
    const fields = Object.entries(manifest).flatMap(([key, value]) =>
      key === "types" && fresh
        ? [
            [key, value],
            ["typesVersions", fresh],
          ]
        : [[key, value]],
    );
    writeFileSync(path, `${JSON.stringify(Object.fromEntries(fields), null, 2)}\n`);
  }
}
