import { readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { defineConfig, type Options } from "tsup";

const root = fileURLToPath(new URL(".", import.meta.url));

interface Manifest {
  exports: Record<string, string | { "@tau2/source": string; import: { default: string } }>;
}

/** Additions of a package to the recipe. `entry` is for programs: the entries for users are in `exports` of its manifest. */
interface More extends Omit<Options, "entry" | "onSuccess"> {
  entry?: Record<string, string>;
  onSuccess?: () => Promise<void>;
}

/**
 * The one build recipe of every published package: ESM and CJS with types for each of its `exports`. Builds run in the package's folder.
 * Splitting keeps shared classes single within each format, so `instanceof` holds across entries.
 * `--no-dts` leaves the types out.
 */
export function packageBuild({ entry: programs = {}, onSuccess, ...more }: More = {}) {
  const entries = exportedSources();
  return defineConfig(({ dts: types }) => ({
    entry: { ...entries, ...programs },
    format: ["esm", "cjs"],
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
    async onSuccess() {
      if (types !== false) await bundleTypes(entries);
      await onSuccess?.();
    },
  }));
}

/**
 * Bundles the declarations that `types` at the root has written for all packages together, which takes a third of the time that a compiler
 * for every entry takes. Not by tsup, which makes no maps: with them an editor goes to a definition in `src`, not in a declaration.
 */
async function bundleTypes(entries: Record<string, string>): Promise<void> {
  for (const file of readdirSync("dist")) if (/\.d\.c?ts(\.map)?$/.test(file)) rmSync(join("dist", file));
  const declarations = Object.entries(entries).map(([name, source]) => [name, declarationOf(source)] as const);
  const bundle = await rollup({
    input: Object.fromEntries(declarations),
    external: (id) => !/^[./]/.test(id),
    plugins: [dts({ sourcemap: true })],
    onwarn: ({ message }) => {
      throw new Error(message);
    },
  });
  for (const end of ["d.ts", "d.cts"]) {
    await bundle.write({
      dir: "dist",
      sourcemap: true,
      sourcemapExcludeSources: true,
      entryFileNames: `[name].${end}`,
      chunkFileNames: `[name]-[hash].${end}`,
    });
  }
  await bundle.close();
}

/** Name in `dist` to source file, of every module that the manifest exports. */
function exportedSources(): Record<string, string> {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
  const modules = Object.values(exports).filter((target) => typeof target !== "string");
  return Object.fromEntries(modules.map((target) => [basename(target.import.default, ".js"), target["@tau2/source"]]));
}

function declarationOf(source: string): string {
  return join(root, ".types", "packages", basename(process.cwd()), source.replace(/[.]ts$/, ".d.ts"));
}
