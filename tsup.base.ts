import { readFileSync } from "node:fs";
import { basename, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Options } from "tsup";

const root = fileURLToPath(new URL(".", import.meta.url));

interface Manifest {
  exports: Record<string, string | { "@tau2/source": string; import: { default: string } }>;
}

/** What a package adds to the recipe. `entry` is for programs: what users import stands in `exports` of its manifest. */
interface More extends Omit<Options, "entry"> {
  entry?: Record<string, string>;
}

/**
 * The one build recipe of every published package: ESM and CJS with types for each of its `exports`. Builds run in the package's folder.
 * Splitting keeps shared classes single within each format, so `instanceof` holds across entries.
 * Types are bundled from the declarations that `types` at the root has written for all packages at once,
 * which takes a third of the time that a compiler for every entry takes.
 */
export function packageBuild({ entry: programs = {}, ...more }: More = {}) {
  const entries = exportedSources();
  const declarations = Object.entries(entries).map(([name, source]) => [name, declarationOf(source)] as const);
  return defineConfig({
    entry: { ...entries, ...programs },
    format: ["esm", "cjs"],
    dts: { entry: Object.fromEntries(declarations) },
    splitting: true,
    shims: true,
    sourcemap: true,
    clean: true,
    target: "node20",
    // Bundlers for Node, Deno and browsers know built-in modules by the prefix; some have it in no other form (`node:test`).
    removeNodeProtocol: false,
    esbuildOptions(options) {
      options.conditions = ["import", "module"];
    },
    ...more,
  });
}

/** Name in `dist` to source file, of every module that the manifest exports. */
function exportedSources(): Record<string, string> {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
  const modules = Object.values(exports).filter((target) => typeof target !== "string");
  return Object.fromEntries(modules.map((target) => [basename(target.import.default, ".js"), target["@tau2/source"]]));
}

function declarationOf(source: string): string {
  return `${relative(".", root)}/.types/${relative(root, ".")}/${source.replace(/[.]ts$/, ".d.ts")}`;
}
