import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** Files and packages that a page gets with an entry; the peers that it brings itself are named, not bundled. */
async function loadedWith(entry: string): Promise<{ own: string[]; packages: string[]; peers: string[] }> {
  const { metafile } = await build({
    stdin: { contents: `export * from "${entry}";`, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
    external: ["ai", "@modelcontextprotocol/*"],
    bundle: true,
    platform: "browser",
    format: "esm",
    conditions: ["@tau2/source"],
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const inputs = Object.keys(metafile.inputs);
  const found = (pattern: RegExp) => [...new Set(inputs.flatMap((path) => pattern.exec(path)?.[1] ?? []))].toSorted();
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  return {
    own: found(/packages\/domains\/src\/(\w+)\//),
    packages: found(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/),
    peers: [...new Set(imported)].toSorted(),
  };
}

test("the tools alone come without adapters, files and peers", async () => {
  const { own, packages, peers } = await loadedWith("@tau2/domains");
  expect({ own, packages, peers }).toEqual({ own: ["core"], packages: ["@noble/hashes", "mutative", "zod"], peers: [] });
});

test.each([
  ["openai", []],
  ["openapi", []],
  ["ai-sdk", ["ai"]],
])("the adapter %s runs in a browser and brings nothing but the tools", async (entry, peers) => {
  const loaded = await loadedWith(`@tau2/domains/${entry}`);
  expect(loaded.own.filter((room) => !["adapters", "core"].includes(room))).toEqual([]);
  expect(loaded.packages.filter((name) => !["@noble/hashes", "mutative", "zod"].includes(name))).toEqual([]);
  expect(loaded.peers).toEqual(peers);
});
