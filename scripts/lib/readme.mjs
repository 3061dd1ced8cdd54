import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import ts from "typescript";
import { getCodeBlocks } from "./code-blocks.mjs";
import { run } from "./command.mjs";
import { withoutNpmSettings } from "./release.mjs";
import { duration, say } from "./report.mjs";
import { root } from "./repository.mjs";

/** @typedef {import("./code-blocks.mjs").CodeBlock} CodeBlock */

/**
 * Follows README.md: every section with something to run is a user in an empty folder, who has Node, npm and this registry.
 * @param {string} folder for the users
 * @param {string} registry
 * @param {readonly import("./release.mjs").Published[]} published
 * @param {NodeJS.ProcessEnv} env
 * @throws {Error} with the block that failed and its output
 */
export async function followReadme(folder, registry, published, env) {
  const blocks = getCodeBlocks(readFileSync(join(root, "README.md"), "utf8")).filter((block) => isInstall(block) || block.runs);
  const sections = [...new Set(blocks.map(({ section }) => section))];
  const users = sections.map((section) => blocks.filter((block) => block.section === section));
  requireUsers(users.flat());
  const ends = await Promise.allSettled(users.map((steps, at) => follow(steps, join(folder, `user-${at}`), registry, published, env)));
  const failures = ends.flatMap((end) => (end.status === "rejected" ? [String(end.reason.message)] : []));
  if (failures.length > 0) throw new Error(failures.join("\nFAILED "));
}

/** @param {CodeBlock} block */
function isInstall({ language, code }) {
  const lines = code.trim().split("\n");
  return language === "sh" && lines.every((line) => /^npm (i|install) /.test(line));
}

/**
 * The rehearsal would prove little if the README stopped showing how to begin.
 * @param {readonly CodeBlock[]} blocks
 */
function requireUsers(blocks) {
  const kinds = {
    "an `npm i` of a package": blocks.some(isInstall),
    "a program": blocks.some(({ language }) => language !== "sh"),
    "an `npx` command": blocks.some(({ code, runs }) => runs && /^npx /m.test(code)),
  };
  for (const [kind, there] of Object.entries(kinds)) if (!there) throw new Error(`README.md shows no ${kind} that can be run`);
}

/**
 * @param {readonly CodeBlock[]} steps
 * @param {string} folder
 * @param {string} registry
 * @param {readonly import("./release.mjs").Published[]} published
 * @param {NodeJS.ProcessEnv} env
 */
async function follow(steps, folder, registry, published, env) {
  const [home, project] = [join(folder, "home"), join(folder, "project")];
  for (const path of [home, project]) mkdirSync(path, { recursive: true });
  const options = { cwd: project, env: getUserEnv(env, home, registry) };
  for (const { section, language, code, line } of steps) {
    const isShell = language === "sh";
    const what = `README.md:${line}, ${section}: ${isShell ? code.trim().split("\n").join("; ") : `the ${language} program`}`;
    const program = join(project, `line-${line}.mjs`);
    if (!isShell) writeFileSync(program, toJavaScript(code));
    const [command = "", ...args] = isShell ? ["bash", "-euo", "pipefail", "-c", code] : [process.execPath, program];
    const { ok, output, seconds } = await run(command, args, options);
    if (!ok) throw new Error(`${what}\n${output}`);
    say(`ok     ${what} (${duration(seconds)})`);
  }
  requireVersions([project, ...getNpxFolders(home)], published);
}

/**
 * Node 20 runs no TypeScript: the types go, the rest stays as the README has it.
 * @param {string} code
 */
function toJavaScript(code) {
  return ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext } }).outputText;
}

/**
 * The environment of a new user: an empty home, this registry, and nothing of this repository.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} home
 * @param {string} registry
 * @returns {NodeJS.ProcessEnv}
 */
function getUserEnv(env, home, registry) {
  const path = (env["PATH"] ?? "").split(delimiter).filter((entry) => !entry.startsWith(root));
  const settings = Object.entries(withoutNpmSettings(env)).filter(([name]) => !name.startsWith("XDG_"));
  const own = { HOME: home, USERPROFILE: home, PATH: path.join(delimiter), npm_config_registry: registry, npm_config_fund: "false" };
  return { ...Object.fromEntries(settings), ...own };
}

/** @param {string} home */
function getNpxFolders(home) {
  const folder = join(home, ".npm", "_npx");
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/**
 * @param {readonly string[]} projects folders with `node_modules`
 * @param {readonly import("./release.mjs").Published[]} published
 * @throws {Error} when none of the packages is installed, or another version than the published one
 */
function requireVersions(projects, published) {
  const installed = projects.flatMap((project) =>
    published.flatMap(({ name, version }) => {
      const manifest = join(project, "node_modules", name, "package.json");
      return existsSync(manifest) ? [{ name, version, found: JSON.parse(readFileSync(manifest, "utf8")).version }] : [];
    }),
  );
  if (installed.length === 0) throw new Error(`none of the published packages is installed in ${projects.join(", ")}`);
  for (const { name, version, found } of installed) {
    if (found !== version) throw new Error(`${name} ${found} was installed, not the published ${version}`);
  }
}
