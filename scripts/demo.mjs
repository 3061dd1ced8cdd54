// From a fresh clone to played tasks: installs, builds, and plays airline, retail and telecom with no key and no model.
// Arguments after `npm run demo --` go to each `tau2 run`.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { runHere } from "./lib/command.mjs";
import { demoTable } from "./lib/demo-table.mjs";
import { say } from "./lib/report.mjs";
import { root } from "./lib/repository.mjs";
import { buildCommand, setUp } from "./lib/setup.mjs";

/** Telecom's small split has each of its troubles once. */
const runs = [["airline"], ["retail"], ["telecom", "--task-split-name", "small"]];

say("tau2 demo: install, build, then play the tasks of three domains\n");
const toolchain = await setUp(buildCommand);
process.exitCode = toolchain ? await play(toolchain.env) : 1;

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} the exit code
 */
async function play(env) {
  const folder = mkdtempSync(join(tmpdir(), "tau2-demo-"));
  const reports = [];
  for (const run of runs) {
    const args = ["run", "--domain", ...run, ...process.argv.slice(2)];
    say(`  $ tau2 ${args.join(" ")}\n`);
    const report = join(folder, `${run[0]}.json`);
    const code = await runHere(process.execPath, [join(root, "packages/cli/dist/main.js"), ...args, "--json"], { env, stdoutFile: report });
    if (code !== 0) return code;
    reports.push(JSON.parse(readFileSync(report, "utf8")));
    say("");
  }
  say(demoTable(reports));
  say("");
  for (const { domain, results_file } of reports) say(`results of ${domain} in ${relative(process.cwd(), results_file)}`);
  return 0;
}
