import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const home = fileURLToPath(new URL("..", import.meta.url));

/** The command in one file, which starts in a fraction of the time that the sources take: for tests that start it often. */
export interface Bundle {
  /** Arguments of `process.execPath` before the command's own. */
  readonly file: string;
  remove(): void;
}

/** Bundles the command from the sources, at a place from which it finds the packages' files. */
export async function bundledCli(): Promise<Bundle> {
  const folder = mkdtempSync(join(home, "node_modules", ".tau2-test-"));
  const file = join(folder, "bin", "main.mjs");
  await build({
    entryPoints: [join(home, "src/main.ts")],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["@tau2/source"],
    external: ["jiti"],
    banner: { js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);' },
    logLevel: "silent",
  });
  copyFileSync(join(home, "package.json"), join(folder, "package.json"));
  return { file, remove: () => rmSync(folder, { recursive: true }) };
}
