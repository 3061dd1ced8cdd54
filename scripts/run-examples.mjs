// Runs the `start` script of every example; an example proves itself with assertions, and fails when one does.
import { run } from "./lib/command.mjs";
import { failed, passed } from "./lib/report.mjs";
import { packagesIn, readManifest } from "./lib/repository.mjs";

for (const folder of packagesIn("examples")) {
  if (!readManifest(folder).scripts?.["start"]) {
    failed(folder, 0, `${folder}/package.json has no "start" script`);
    process.exitCode = 1;
    continue;
  }
  const { ok, output, seconds } = await run("pnpm", ["--dir", folder, "run", "start"]);
  if (ok) {
    passed(folder, seconds);
  } else {
    failed(folder, seconds, output);
    process.exitCode = 1;
  }
}
