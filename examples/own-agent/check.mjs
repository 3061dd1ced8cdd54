// The agent of agent.ts at work: three tasks of the airline through the command line, with a scripted user and without a key.
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const cli = join(dirname(createRequire(import.meta.url).resolve("@tau2/cli/package.json")), "dist/main.js");
const agent = join(dirname(fileURLToPath(import.meta.url)), "agent.ts");
const line = ["run", "airline", "--agent", agent, "--user", "scripted", "--num-tasks", "3", "--json"];
const output = execFileSync(process.execPath, [cli, ...line], { encoding: "utf8", cwd: mkdtempSync(join(tmpdir(), "agent-")) });

const report = JSON.parse(output);
assert.equal(report.agent.implementation, "lookup_agent");
assert.equal(report.coverage.graded, 3);
console.log(`${report.agent.implementation}: ${report.coverage.graded} conversations, average reward ${report.metrics.avg_reward}`);
