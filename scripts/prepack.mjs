// Builds `dist` of the package in whose folder it runs, before pnpm packs or publishes it. A `dist` that is up to date comes from turbo's cache.
// Prints only when the build fails: `pnpm publish --json` writes to the same standard output.
import { join } from "node:path";
import { run } from "./lib/command.mjs";
import { withLock } from "./lib/lock.mjs";
import { root } from "./lib/repository.mjs";

// `changeset publish` packs all packages concurrently, and their builds share `.types`: they take turns.
const { ok, output } = await withLock("prepack", () =>
  run(join(root, "node_modules", ".bin", "turbo"), ["run", "build", "--output-logs=errors-only", "--no-update-notifier"], {
    cwd: process.cwd(),
  }),
);
if (!ok) {
  process.stderr.write(output);
  process.exitCode = 1;
}
