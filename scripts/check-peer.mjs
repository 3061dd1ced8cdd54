// Checks that tau2-bench's own tools read our results files and compute the same metrics: a published build of it is installed
// into a temporary environment of Python, loads what we wrote, and computes its metrics. Needs 1 GB and some minutes.
import { join } from "node:path";
import { runHere } from "./lib/command.mjs";
import { withPeer } from "./lib/peer.mjs";
import { root } from "./lib/repository.mjs";
import { buildBench, setUp } from "./lib/setup.mjs";

const toolchain = await setUp(buildBench);
process.exitCode = toolchain
  ? await withPeer((python) => runHere(process.execPath, [join(root, "bench/dist/check-peer.js"), python], { env: toolchain.env }))
  : 1;
