// The tests on another version of Node, `pnpm test:node 22`: npm brings it into a temporary folder, and the checkout stays as it is.
// What looks at built files needs a build that is there already.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "./lib/command.mjs";
import { say } from "./lib/report.mjs";
import { root } from "./lib/repository.mjs";
import { conformance, runSteps, unitTests } from "./lib/steps.mjs";
import { prepareToolchain } from "./lib/toolchain.mjs";

const version = process.argv.slice(2).find((word) => word !== "--") ?? "";
if (!/^\d+(\.\d+)*$/.test(version)) throw new Error("which version of Node? For example: pnpm test:node 22");

const folder = mkdtempSync(join(tmpdir(), "tau2-node-"));
try {
  const { env } = await prepareToolchain();
  say(`tau2 test on Node ${version}: npm brings it\n`);
  const brought = await run("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", `node@${version}`], {
    env,
  });
  const bin = join(folder, "node_modules", "node", "bin");
  const there = brought.ok && existsSync(join(bin, process.platform === "win32" ? "node.exe" : "node"));
  if (!there) say(`npm could not bring node@${version}:\n${brought.output}`);
  const built = existsSync(join(root, "packages/cli/dist/main.js")) ? null : "no build here: `pnpm build` makes one";
  await runSteps(
    (scratch) => [
      unitTests(scratch),
      conformance,
      { name: "examples", script: "examples", skip: built },
      { name: "check:snippets", script: "check:snippets", skip: built },
    ],
    there ? { ...env, PATH: `${bin}${delimiter}${env["PATH"]}` } : null,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
