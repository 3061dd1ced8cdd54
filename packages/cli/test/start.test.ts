import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";

const home = fileURLToPath(new URL("..", import.meta.url));

/** Returns the packages that the command loads before it knows its command line. */
async function findPackagesAtStart(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: home,
    entryPoints: ["src/main.ts"],
    outdir: "dist",
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const loaded = new Set(["dist/main.js"]);
  for (const output of loaded) {
    const imports = metafile.outputs[output]?.imports ?? [];
    for (const { path, kind } of imports) if (kind === "import-statement") loaded.add(path);
  }
  return [...loaded].filter((path) => !path.startsWith("dist/") && !path.startsWith("node:")).toSorted();
}

it("every start, also for the help, loads the parser, the core of the domains and the defaults of options, and no other package", async () => {
  // Entries with numbers alone: the help shows the defaults of the packages without loading the packages.
  const defaults = ["@tau2/gym/defaults", "@tau2/orchestrator/defaults", "@tau2/user-sim/defaults"];
  expect(await findPackagesAtStart()).toEqual(["@stricli/core", "@tau2/domains", "@tau2/domains/internal", ...defaults]);
});
