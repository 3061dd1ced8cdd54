import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";
import { root } from "./repository.mjs";

/** @typedef {{ python: string, missing: null } | { python: null, missing: string }} Environment `missing` describes the missing part */

/**
 * A Python of this machine: the one that `TAU2_PYTHON` names, else the first that has all of these modules, else the first there is.
 * The first on the path may be another than the system's, for which the system's packages are.
 * @param {readonly string[]} modules
 * @returns {Promise<string | null>}
 */
async function findPython(modules) {
  const given = process.env["TAU2_PYTHON"];
  if (given) return given;
  /** @type {string | null} */
  let found = null;
  for (const python of ["python3", "/usr/bin/python3", "python"]) {
    const { ok } = await run(python, ["-c", "import sys; assert sys.version_info >= (3, 10)"]);
    if (!ok) continue;
    found ??= python;
    if (modules.length === 0 || (await hasModules(python, modules))) return python;
  }
  return found;
}

/**
 * @param {string} python
 * @param {readonly string[]} modules
 */
export async function hasModules(python, modules) {
  return (await run(python, ["-c", `import ${modules.join(", ")}`])).ok;
}

/**
 * An environment of Python with what these requirements name, and with the system's packages. Made once, and kept until they change.
 * @param {readonly string[]} requirements arguments for `pip install`, such as `-r`, FILE or a package
 * @param {{ text: string, modules?: readonly string[] }} options `text` names the requirements when they change; `modules` must be installed on the system
 * @returns {Promise<Environment>}
 */
export async function pythonWith(requirements, { text, modules = [] }) {
  const base = await findPython(modules);
  if (base === null) return { python: null, missing: "no Python 3.10 or later here (TAU2_PYTHON names one)" };
  const print = createHash("sha256")
    .update([base, ...requirements, text].join("\n"))
    .digest("hex")
    .slice(0, 12);
  const folder = join(root, "node_modules", ".cache", "tau2-python", print);
  const python = join(folder, "bin", "python");
  const done = join(folder, "installed");
  if (existsSync(done)) return { python, missing: null };
  mkdirSync(folder, { recursive: true });
  const made = await run(base, ["-m", "venv", "--clear", "--system-site-packages", folder]);
  if (!made.ok) return { python: null, missing: `${base} cannot make an environment: ${lastLine(made.output)}` };
  const installed = await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...requirements]);
  if (!installed.ok) return { python: null, missing: `pip cannot install ${requirements.join(" ")}: ${lastLine(installed.output)}` };
  writeFileSync(done, "");
  return { python, missing: null };
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split("\n").at(-1) ?? "";
}
