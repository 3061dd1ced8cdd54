// Whether what would be published resolves for everybody: publint and are-the-types-wrong on the packed packages, in every mode of resolution.
// `--write` brings `typesVersions` in line with `exports`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./lib/command.mjs";
import { packAll } from "./lib/pack.mjs";
import { say } from "./lib/report.mjs";
import { prepareToolchain } from "./lib/toolchain.mjs";
import { findStaleTypesVersions, writeTypesVersions } from "./lib/types-versions.mjs";

if (process.argv.includes("--write")) writeTypesVersions();
for (const name of findStaleTypesVersions()) {
  say(`FAILED typesVersions ${name}: not those of its exports; run node scripts/check-exports.mjs --write`);
  process.exitCode = 1;
}

const { env } = await prepareToolchain();
const folder = mkdtempSync(join(tmpdir(), "tau2-exports-"));
try {
  for (const { name, tarball } of await packAll(folder, env)) {
    const checks = [
      { tool: "publint", args: ["--strict", tarball] },
      { tool: "attw", args: [tarball, "--profile", "strict", "--format", "table-flipped", "--no-emoji"] },
    ];
    for (const { tool, args } of checks) {
      const { ok, output } = await run(tool, args, { env });
      say(`${ok ? "ok    " : "FAILED"} ${tool} ${name}`);
      if (ok) continue;
      say(output);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
