import { execFileSync } from "node:child_process";
import { readdirSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { figure, type Figure } from "../figure.ts";
import { median } from "../measure.ts";

const require = createRequire(import.meta.url);

/** Milliseconds from asking for a domain to having it, in a fresh process. */
export function importTime(domain: string): Figure {
  const program = `const t = performance.now(); await import("@tau2/domains/${domain}"); process.stdout.write(String(performance.now() - t));`;
  const once = () => Number(execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: import.meta.dirname, encoding: "utf8" }));
  return figure("import_ms", domain, null, median(Array.from({ length: 15 }, once)), "ms");
}

/** Milliseconds of the whole of `tau2 --version`, the start of Node included. */
export function cliStart(): Figure {
  const cli = join(dirname(require.resolve("@tau2/cli/package.json")), "dist/main.js");
  const once = () => {
    const start = performance.now();
    execFileSync(process.execPath, [cli, "--version"]);
    return performance.now() - start;
  };
  return figure("cli_start_ms", null, null, median(Array.from({ length: 15 }, once)), "ms");
}

/** Bytes on disk of `@tau2/domains` as published, with everything it depends on. */
export function installSize(): Figure {
  const home = dirname(require.resolve("@tau2/domains/package.json"));
  const manifest = require(join(home, "package.json")) as { files: string[]; dependencies: Record<string, string> };
  const own = manifest.files.filter((entry) => !entry.startsWith("!")).reduce((sum, entry) => sum + bytesOf(join(home, entry)), 0);
  const needed = Object.keys(manifest.dependencies).reduce((sum, name) => sum + bytesOf(realpathSync(join(home, "node_modules", name))), 0);
  return figure("install_bytes", null, null, own + needed, "bytes");
}

function bytesOf(path: string): number {
  if (!statSync(path).isDirectory()) return path.includes(".test.") ? 0 : statSync(path).size;
  return readdirSync(path).reduce((sum, entry) => sum + (entry === "node_modules" ? 0 : bytesOf(join(path, entry))), 0);
}
