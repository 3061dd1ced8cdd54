/**
 * Returns the folder of an installed package; null where it is not installed.
 * Looks from a module, then from the program, then from the current directory: a bundle has lost the place of its modules.
 * @param from `import.meta.url` of the module that asks; empty in CommonJS bundles of ESM
 */
export function findPackageFolder(name: string, from: string | undefined): string | null {
  // Not imported: webpack replaces `createRequire(…).resolve(…)` of an import by a number, and pages load this module too.
  const { createRequire } = process.getBuiltinModule("node:module");
  const { dirname, join } = process.getBuiltinModule("node:path");
  for (const place of [from, process.argv[1], join(process.cwd(), "index.js")]) {
    try {
      if (place) return dirname(createRequire(place).resolve(`${name}/package.json`));
    } catch {
      continue;
    }
  }
  return null;
}
