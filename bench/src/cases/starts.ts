import { execFileSync } from "node:child_process";
import { readdirSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { figure, type Figure } from "../figure.ts";
import { median } from "../measure.ts";
import { packagesOf, peerEnvironment, type Peer } from "../peer/peer.ts";

const require = createRequire(import.meta.url);

/** Milliseconds from asking for a domain to having it, in a fresh process. */
export function importTime(domain: string, peer: Peer | null): Figure {
  const ours = `const t = performance.now(); await import("@tau2/domains/${domain}"); process.stdout.write(String(performance.now() - t));`;
  const theirs = `import sys, time\nt = time.perf_counter()\nimport tau2.domains.${domain}.environment\nprint("\\n%f" % (1000 * (time.perf_counter() - t)))`;
  const value = repeated(15, () => Number(stdoutOf(process.execPath, ["--input-type=module", "-e", ours])));
  return figure("import_ms", domain, null, value, "ms", peer && repeated(5, () => Number(lastLine(stdoutOf(peer.python, ["-c", theirs])))));
}

/** Milliseconds of the whole of `tau2 --help`, the start of Node included. */
export function cliStart(peer: Peer | null): Figure {
  const cli = join(dirname(require.resolve("@tau2/cli/package.json")), "dist/main.js");
  const wall = (command: string, args: readonly string[]) => () => {
    const start = performance.now();
    stdoutOf(command, args);
    return performance.now() - start;
  };
  const value = repeated(15, wall(process.execPath, [cli, "--help"]));
  return figure("cli_start_ms", null, null, value, "ms", peer && repeated(5, wall(join(dirname(peer.python), "tau2"), ["--help"])));
}

/** Bytes on disk of `@tau2/domains` as published, with everything it depends on; of the peer, all that its installation brings. */
export function installSize(peer: Peer | null): Figure {
  const home = dirname(require.resolve("@tau2/domains/package.json"));
  const manifest = require(join(home, "package.json")) as { files: string[]; dependencies: Record<string, string> };
  const own = manifest.files.filter((entry) => !entry.startsWith("!")).reduce((sum, entry) => sum + bytesOf(join(home, entry)), 0);
  const needed = Object.keys(manifest.dependencies).reduce((sum, name) => sum + bytesOf(realpathSync(join(home, "node_modules", name))), 0);
  return figure("install_bytes", null, null, own + needed, "bytes", peer && bytesOf(packagesOf(peer)));
}

function repeated(times: number, once: () => number): number {
  return median(Array.from({ length: times }, once));
}

function stdoutOf(command: string, args: readonly string[]): string {
  return execFileSync(command, args, {
    cwd: import.meta.dirname,
    encoding: "utf8",
    env: peerEnvironment(),
    stdio: ["ignore", "pipe", "ignore"],
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)!;
}

function bytesOf(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return path.includes(".test.") ? 0 : (stats?.size ?? 0);
  return readdirSync(path).reduce((sum, entry) => sum + (entry === "node_modules" ? 0 : bytesOf(join(path, entry))), 0);
}
