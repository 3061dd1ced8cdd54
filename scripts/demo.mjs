// From a fresh clone to played tasks: installs, builds, and runs the airline domain with no key and no model.
// What is given after `npm run demo --` goes to `tau2 run`.
import { join } from "node:path";
import { runHere } from "./lib/command.mjs";
import { say } from "./lib/report.mjs";
import { root } from "./lib/repository.mjs";
import { buildCommand, setUp } from "./lib/setup.mjs";

say("tau2 demo: install, build, then play the airline tasks\n");
const toolchain = await setUp(buildCommand);
if (toolchain) {
  const args = ["run", "--domain", "airline", ...process.argv.slice(2)];
  say(`  $ tau2 ${args.join(" ")}\n`);
  process.exitCode = await runHere(process.execPath, [join(root, "packages/cli/dist/main.js"), ...args], { env: toolchain.env });
} else {
  process.exitCode = 1;
}
