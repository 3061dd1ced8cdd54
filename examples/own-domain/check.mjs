// The domain of library.mjs at work: by the contract suite, through the gym, and through the command line.
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadData } from "@tau2/domains/data";
import { domainContract } from "@tau2/domains/testing";
import { AgentEnv } from "@tau2/gym";
import library from "./library.mjs";

const cases = domainContract(library, loadData(library));
for (const { run } of cases) run();
console.log(`contract: ${cases.length} rules hold`);

const env = new AgentEnv({ domain: library, taskId: "lend_lighthouse" });
await env.reset();
await env.step({ tool_calls: [{ name: "lend_book", arguments: { member_id: "m1", book_id: "b1" } }] });
const end = await env.step({ content: "Enjoy it! If it comes back late, the fee is $0.5 a day." });
assert.equal(end.terminated, true);
assert.equal(end.reward, 1);
console.log(`gym: reward ${end.reward}`);

const cli = join(dirname(createRequire(import.meta.url).resolve("@tau2/cli/package.json")), "dist/main.js");
const here = dirname(fileURLToPath(import.meta.url));
const output = execFileSync(process.execPath, [cli, "run", "--domain", join(here, "library.mjs"), "--json"], {
  encoding: "utf8",
  cwd: mkdtempSync(join(tmpdir(), "library-")),
});
assert.equal(JSON.parse(output).metrics.avg_reward, 1);
console.log("command line: average reward 1");
