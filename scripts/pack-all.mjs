// Builds all packages and packs them as tarballs into `packed/`, then prints the line that installs them. `pnpm pack:all`, or without pnpm:
// `node scripts/pack-all.mjs`. Another folder may be named: `node scripts/pack-all.mjs FOLDER`.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { packAll } from "./lib/pack.mjs";
import { say } from "./lib/report.mjs";
import { root } from "./lib/repository.mjs";
import { buildAll, setUp } from "./lib/setup.mjs";

const folder = resolve(process.argv.slice(2).find((word) => word !== "--") ?? join(root, "packed"));

say("tau2 pack: install, build, then pack the five packages\n");
const toolchain = await setUp(buildAll);
if (toolchain) {
  mkdirSync(folder, { recursive: true });
  const packed = await packAll(folder, toolchain.env);
  say(`${packed.length} packages in ${folder}. In a project of yours:\n`);
  // All in one line: the packages need each other, and the registry does not have them yet.
  say(`npm i ${packed.map(({ tarball }) => tarball).join(" ")}`);
} else {
  process.exitCode = 1;
}
