// Rehearses a release: a copy of the working tree gets its versions and changelogs from the changesets and is published to a registry on the
// loopback. Then each section of README.md that can be followed is followed from that registry, in an empty folder with an empty home.
// Nothing of it stays: no version, no tag, no folder, no process.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installRegistry, startRegistry } from "./lib/registry.mjs";
import { copyWorkingTree, publishAll, readPublished } from "./lib/release.mjs";
import { duration, say } from "./lib/report.mjs";
import { packagesIn, readManifest } from "./lib/repository.mjs";
import { prepareToolchain, withoutMachineSettings } from "./lib/toolchain.mjs";
import { followReadme } from "./lib/readme.mjs";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "tau2-publish-")));
process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.once(signal, () => process.exit(1));

try {
  await rehearse();
} catch (error) {
  say(`FAILED ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

/** @throws {Error} with what failed and its output */
async function rehearse() {
  const { env } = await prepareToolchain();
  const copy = join(folder, "copy");
  const names = packagesIn("packages").map((path) => readManifest(path).name);
  await timed("install of verdaccio", () => installRegistry(env));
  await timed("copy of the working tree", () => copyWorkingTree(copy, env));
  const registry = await timed("start of verdaccio", () => startRegistry(join(folder, "registry"), names));
  try {
    await timed("release with changesets", () => publishAll(copy, registry.url, env));
    const published = await readPublished(copy, registry.url, names);
    say(`       ${published.map(({ name, version }) => `${name} ${version}`).join(", ")}`);
    if (published.some(({ linked }) => !linked)) {
      say("note   repository, homepage and bugs are not set in the manifests: run pnpm set-repository URL");
    }
    await followReadme(join(folder, "users"), registry.url, published, withoutMachineSettings(env));
  } finally {
    await registry.stop();
  }
}

/**
 * @template T
 * @param {string} what
 * @param {() => T | Promise<T>} work
 */
async function timed(what, work) {
  const started = performance.now();
  const result = await work();
  say(`ok     ${what} (${duration((performance.now() - started) / 1000)})`);
  return result;
}
