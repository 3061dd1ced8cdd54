import { defineConfig, type Options } from "tsup";

/**
 * The one build recipe of every published package: ESM and CJS with types.
 * Splitting keeps shared classes single within each format, so `instanceof` holds across entries.
 */
export function packageBuild(entry: Record<string, string>, more: Options = {}) {
  return defineConfig({
    entry,
    format: ["esm", "cjs"],
    dts: true,
    splitting: true,
    shims: true,
    sourcemap: true,
    clean: true,
    target: "node20",
    esbuildOptions(options) {
      options.conditions = ["import", "module"];
    },
    ...more,
  });
}
