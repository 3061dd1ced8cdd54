// Everything that must hold, from a fresh clone: installs, builds, then runs every check and test.
// The last line on standard output is `N passed, N failed, N skipped`: test cases, conformance cases, and one case a check.
import { countsOfLastLine } from "./lib/counts.mjs";
import { say } from "./lib/report.mjs";
import { buildAll, setUp } from "./lib/setup.mjs";
import { conformance, runSteps, unitTests } from "./lib/steps.mjs";

say("tau2 test: install, build, then every check and test\n");
const toolchain = await setUp(buildAll);
// The long ones first, so that the short ones fill the gaps.
await runSteps(
  (scratch) => [
    unitTests(scratch),
    { name: "check:consumers", script: "check:consumers", counts: countsOfLastLine },
    { name: "check:publish", script: "check:publish" },
    { name: "check:packed", script: "check:packed" },
    { name: "check:python", script: "check:python", counts: countsOfLastLine },
    { name: "typecheck", script: "typecheck" },
    conformance,
    { name: "check:exports", script: "check:exports" },
    { name: "examples", script: "examples" },
    { name: "check:snippets", script: "check:snippets" },
    { name: "lint", script: "lint" },
    { name: "check:layers", script: "check:layers" },
    { name: "check:unused", script: "check:unused" },
    { name: "check:prose", script: "check:prose" },
    { name: "docs:api", script: "docs:api" },
    { name: "format:check", script: "format:check" },
  ],
  toolchain?.env ?? null,
);
