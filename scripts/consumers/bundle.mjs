// Bundles programs in the current folder. The bundlers come from the folder named by CONSUMER_TOOLS. `node bundle.mjs WHAT`
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.env["CONSUMER_TOOLS"] ?? "", "package.json"));
const what = process.argv[2] ?? "";
const play = resolve("play.mjs");

/** @type {Record<string, () => Promise<void>>} */
const bundlers = {
  "esbuild-esm": () => esbuild("esm", "play.mjs"),
  "esbuild-cjs": () => esbuild("cjs", "play.cjs"),
  webpack,
  "vite-node": () =>
    vite({ ssr: play, rollupOptions: { output: { entryFileNames: "play.mjs", codeSplitting: false } } }, { noExternal: true }),
  "vite-browser": () => vite({ lib: { entry: resolve("browser.mjs"), formats: ["es"], fileName: () => "browser.mjs" } }),
  "vite-page": () => vite({ outDir: resolve("vite-page") }, {}, resolve("page")),
};

await bundlers[what]?.();

/**
 * @param {"esm" | "cjs"} format
 * @param {string} file
 */
async function esbuild(format, file) {
  // Dependencies in CommonJS call `require`, which modules do not have.
  const banner = 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);';
  const { build } = require("esbuild");
  await build({
    entryPoints: [play],
    outfile: join(what, file),
    bundle: true,
    platform: "node",
    format,
    logLevel: "error",
    ...(format === "esm" && { banner: { js: banner } }),
  });
}

async function webpack() {
  const output = { path: resolve(what), filename: "play.cjs" };
  const config = { mode: "production", target: "node", entry: play, output, optimization: { minimize: false } };
  const stats = await new Promise((done, fail) =>
    require("webpack")(config, (/** @type {Error | null} */ error, /** @type {unknown} */ result) => (error ? fail(error) : done(result))),
  );
  // A warning tells of code that webpack rewrites or cannot follow.
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString({ all: false, errors: true, warnings: true }));
}

/**
 * @param {object} build
 * @param {object} [ssr]
 * @param {string} [root] folder of a page
 */
async function vite(build, ssr = {}, root = process.cwd()) {
  const { build: run } = await import(pathToFileURL(require.resolve("vite")).href);
  await run({ root, configFile: false, logLevel: "warn", ssr, build: { outDir: what, minify: false, ...build } });
}
