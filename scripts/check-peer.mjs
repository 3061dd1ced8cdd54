// Whether the reference's own tools read our results files and find the same figures in them: a published build of it is installed
// into a temporary environment of Python, loads what we wrote, and computes its metrics. Needs 1 GB and some minutes.
import { join } from "node:path";
import { runHere } from "./lib/command.mjs";
import { withPeer } from "./lib/peer.mjs";
import { root } from "./lib/repository.mjs";
import { setUp } from "./lib/setup.mjs";

const toolchain = await setUp({
  name: "build",
  hint: "turbo run build",
  args: ["exec", "turbo", "run", "build", "--filter=@tau2-dev/bench...", "--output-logs=errors-only"],
});
process.exitCode = toolchain
  ? await withPeer((python) => runHere(process.execPath, [join(root, "bench/dist/check-peer.js"), python], { env: toolchain.env }))
  : 1;
