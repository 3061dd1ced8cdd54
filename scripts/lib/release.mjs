import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./command.mjs";
import { packagesIn, root } from "./repository.mjs";

/**
 * @typedef {object} Published
 * @property {string} name
 * @property {string} version
 * @property {boolean} linked its manifest names the repository
 */

/** Fields that users of a package look for on its page. */
const wanted = ["description", "keywords", "license", "engines", "readme"];

/**
 * Copies the working tree, changes that are not committed included, into a git repository of its own and installs it.
 * @param {string} copy
 * @param {NodeJS.ProcessEnv} env with the pinned pnpm on its path
 * @throws {Error} with the output of the command that failed
 */
export async function copyWorkingTree(copy, env) {
  const listed = await mustRun("git", ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], { env });
  for (const path of new Set(listed.split("\0").filter(Boolean))) {
    if (existsSync(join(root, path))) cpSync(join(root, path), join(copy, path));
  }
  const git = { cwd: copy, env: withoutGitSettings(env) };
  await mustRun("git", ["init", "--quiet", "--initial-branch=main"], git);
  await mustRun("git", ["add", "--all"], git);
  await mustRun("git", ["commit", "--quiet", "--message=rehearsal"], git);
  await mustRun("pnpm", ["install", "--frozen-lockfile", "--prefer-offline"], { cwd: copy, env });
}

/**
 * Versions and publishes every package of the copy, with the commands of a release.
 * @param {string} copy
 * @param {string} registry
 * @param {NodeJS.ProcessEnv} env
 * @throws {Error} with the output of the command that failed
 */
export async function publishAll(copy, registry, env) {
  const userconfig = join(dirname(copy), "npmrc");
  // npm wants a token, the registry looks at none.
  writeFileSync(userconfig, `//${new URL(registry).host}/:_authToken=rehearsal\n`);
  // With the cache of this checkout, a second rehearsal of the same sources does not build again.
  const turbo = { TURBO_CACHE_DIR: join(root, ".turbo", "cache"), TURBO_DAEMON: "false" };
  const settings = { npm_config_userconfig: userconfig, npm_config_registry: registry, ...turbo };
  const options = { cwd: copy, env: { ...withoutGitSettings(withoutNpmSettings(env)), ...settings } };
  await mustRun("pnpm", ["run", "changeset", "version"], options);
  await mustRun("pnpm", ["run", "release"], options);
}

/**
 * Reads what the registry has, and checks that it is what the copy released.
 * @param {string} copy
 * @param {string} registry
 * @param {readonly string[]} names
 * @returns {Promise<Published[]>}
 * @throws {Error} naming the package and what it lacks
 */
export async function readPublished(copy, registry, names) {
  const manifests = packagesIn("packages").map((folder) => JSON.parse(readFileSync(join(copy, folder, "package.json"), "utf8")));
  return Promise.all(
    names.map(async (name) => {
      const { version } = manifests.find((manifest) => manifest.name === name);
      const response = await fetch(`${registry}/${name.replace("/", "%2f")}`);
      if (!response.ok) throw new Error(`the registry does not have ${name}: ${response.status} ${await response.text()}`);
      const known = /** @type {any} */ (await response.json());
      const manifest = known.versions[version];
      if (!manifest || known["dist-tags"].latest !== version) {
        throw new Error(`the registry's latest ${name} is ${known["dist-tags"].latest}, not ${version}`);
      }
      const missing = wanted.filter((field) => !(manifest[field] ?? known[field])?.length && !Object.keys(manifest[field] ?? {}).length);
      if (missing.length > 0) throw new Error(`the published manifest of ${name} lacks ${missing.join(", ")}`);
      const local = Object.entries(manifest.dependencies ?? {}).filter(([, range]) =>
        /^(workspace|catalog|file|link):/.test(String(range)),
      );
      if (local.length > 0) throw new Error(`the published ${name} depends on ${local.map((entry) => entry.join("@")).join(", ")}`);
      return { name, version, linked: Boolean(manifest.repository) };
    }),
  );
}

/**
 * An environment without the npm and pnpm settings that a script of this project inherits, and without tokens.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withoutNpmSettings(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(npm|pnpm)_|^(NODE_AUTH|NPM)_TOKEN$/i.test(name)));
}

/**
 * Commits and tags that need neither a name nor a key of this machine.
 * @param {NodeJS.ProcessEnv} env
 */
function withoutGitSettings(env) {
  const who = { GIT_AUTHOR_NAME: "rehearsal", GIT_AUTHOR_EMAIL: "", GIT_COMMITTER_NAME: "rehearsal", GIT_COMMITTER_EMAIL: "" };
  return { ...env, ...who, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("./command.mjs").CommandOptions} options
 * @returns {Promise<string>} its standard output
 * @throws {Error} with both of its streams
 */
async function mustRun(command, args, options) {
  if (options.cwd) mkdirSync(options.cwd, { recursive: true });
  const { ok, output, stdout } = await run(command, args, options);
  if (!ok) throw new Error(`${[command, ...args].join(" ")}:\n${output}`);
  return stdout;
}
