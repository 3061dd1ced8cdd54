// Runs the `start` script of every example: an example proves itself with assertions, and fails when one does.
import { run } from "./lib/command.mjs";
import { failed, passed, skipped } from "./lib/report.mjs";
import { packagesIn, readManifest } from "./lib/repository.mjs";
import { prepareToolchain } from "./lib/toolchain.mjs";

const { env } = await prepareToolchain();

for (const folder of packagesIn("examples")) {
  if (!readManifest(folder).scripts?.["start"]) {
    skipped(folder, "no start script");
    continue;
  }
  const { ok, output, seconds } = await run("pnpm", ["--dir", folder, "run", "start"], { env });
  if (ok) {
    passed(folder, seconds);
  } else {
    failed(folder, seconds, output);
    process.exitCode = 1;
  }
}
