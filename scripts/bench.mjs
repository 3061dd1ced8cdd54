// How fast and how small, on the built packages in a process of its own: `pnpm bench [--peer] [--json FILE] [--page FILE] [--data DIR]`.
// The official data is used where it is found: at --data, TAU2_DATA_DIR, or the shared folder. With --peer the same work is done
// by a published build of tau2-bench, in the same run. --page puts the measurements into a Markdown page.
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runHere } from "./lib/command.mjs";
import { withPeer } from "./lib/peer.mjs";
import { root, sharedFolder } from "./lib/repository.mjs";
import { buildBench, setUp } from "./lib/setup.mjs";
import { withoutMachineSettings } from "./lib/toolchain.mjs";

const { values: options } = parseArgs({
  args: process.argv.slice(2).filter((word) => word !== "--"),
  options: { peer: { type: "boolean" }, json: { type: "string" }, page: { type: "string" }, data: { type: "string" } },
});
const from = process.env["INIT_CWD"] ?? process.cwd();
const shared = sharedFolder();
const data = options.data ?? process.env["TAU2_DATA_DIR"] ?? (shared && join(shared, "official"));

const toolchain = await setUp(buildBench);
process.exitCode = toolchain ? await (options.peer ? withPeer(bench) : bench(null)) : 1;

/** @param {string | null} python of an environment with the peer */
function bench(python) {
  const args = [
    ["--expose-gc", join(root, "bench/dist/main.js")],
    python === null ? [] : ["--peer-python", python],
    data ? ["--data", resolve(from, data)] : [],
    options.json === undefined ? [] : ["--json", resolve(from, options.json)],
    options.page === undefined ? [] : ["--page", resolve(from, options.page)],
  ].flat();
  return runHere(process.execPath, args, { env: withoutMachineSettings(toolchain?.env ?? process.env) });
}
