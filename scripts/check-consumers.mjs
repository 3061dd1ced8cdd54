// Whether what would be published works in the toolchains of its users. Package managers install the packed packages, then programs and the
// command run. Bundlers bundle a program, which runs where it was built, and where its data is missing. Versions are pinned in `consumers`.
// A tool that cannot be installed on this machine is skipped. `node scripts/check-consumers.mjs NAME…` runs some of the checks.
import { cpSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./lib/command.mjs";
import { countsText } from "./lib/counts.mjs";
import { entriesOf, oldestPeers, outsideEnv, packAll } from "./lib/pack.mjs";
import { failed, passed, say, skipped } from "./lib/report.mjs";
import { root } from "./lib/repository.mjs";
import { prepareToolchain, withoutMachineSettings } from "./lib/toolchain.mjs";

/**
 * @typedef {object} Call
 * @property {readonly string[]} line the command and its arguments
 * @property {string} [cwd] the check's own folder unless given
 * @property {NodeJS.ProcessEnv} [env] added to that of every call
 * @property {boolean} [fails] it must fail
 * @property {RegExp} [expect] what it must print
 * @property {RegExp} [absent] what it must not print
 */
/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string} cwd
 * @property {readonly string[]} [tool] prints its version where the tool runs
 * @property {readonly Call[]} calls
 */

const sources = join(root, "scripts", "consumers");
/** Kept between runs: these packages are most of what this check downloads. */
const tools = join(root, "node_modules", ".cache", "consumers");
const bin = (/** @type {string} */ name) => join(tools, "node_modules", ".bin", name);
const node = process.execPath;
const yarn = [node, join(tools, "node_modules", "@yarnpkg", "cli-dist", "bin", "yarn.js")];
const nodeTypes = "20.19.0";
const bundlers = ["esbuild-esm", "esbuild-cjs", "webpack", "vite-node"];
const bundleOf = (/** @type {string} */ name) => (name === "esbuild-cjs" || name === "webpack" ? "play.cjs" : "play.mjs");

const begin = performance.now();
const wanted = process.argv.slice(2);
const isWanted = (/** @type {string} */ name) => wanted.length === 0 || wanted.includes(name);
const moved = "moved bundles";
const counts = { passed: 0, failed: 0, skipped: 0 };
const { env: toolEnv } = await prepareToolchain();
const folder = realpathSync(mkdtempSync(join(tmpdir(), "tau2-consumers-")));
const model = await startModel();
const registry = (await run("npm", ["config", "get", "registry"], { cwd: folder })).stdout.trim();
/** @type {NodeJS.ProcessEnv} */
const env = {
  ...withoutMachineSettings(outsideEnv()),
  CI: "true",
  CONSUMER_TOOLS: tools,
  CONSUMER_MODEL_URL: model.url,
  // Yarn and Bun do not read every setting that names npm's registry.
  BUN_CONFIG_REGISTRY: registry,
  YARN_NPM_REGISTRY_SERVER: registry,
  YARN_UNSAFE_HTTP_WHITELIST: "*",
  YARN_ENABLE_TELEMETRY: "0",
  YARN_ENABLE_IMMUTABLE_INSTALLS: "0",
};

try {
  const [packed] = await Promise.all([packAll(folder, toolEnv), installTools()]);
  const entries = packed.flatMap(({ name, manifest }) => entriesOf(name, manifest));
  const npm = writeProject("npm", packed, entries);
  const pnpm = writeProject("pnpm", packed, entries);
  const pnp = writeProject("yarn", packed, entries);
  const withBun = writeProject("bun", packed, entries);
  const installed = { cwd: npm };
  const npmInstall = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"];
  const ai6 = writeAiProject("6", packed);
  const ai7 = writeAiProject("7", packed);
  const aiTypes = { line: [node, bin("tsc"), "-p", "tsconfig.json"] };
  const aiPlay = { line: [node, "play.mjs"], expect: /^played$/m };
  const aiLoad = { line: [node, "--input-type=module", "-e", 'import "@tau2/domains/ai-sdk"'] };
  await runAll([
    { name: "npm", cwd: npm, calls: [{ line: npmInstall }, ...programs([node], [node, "node_modules/.bin/tau2"])] },
    {
      name: "pnpm",
      cwd: pnpm,
      calls: [
        { line: ["pnpm", "install", "--prefer-offline"], env: { PATH: toolEnv["PATH"] } },
        ...programs([node], [node, "node_modules/@tau2/cli/bin/tau2.js"]),
      ],
    },
    ...[
      { name: "ai 6", cwd: ai6, calls: [{ line: npmInstall }, aiTypes, aiPlay] },
      { name: "ai 7", cwd: ai7, calls: [{ line: npmInstall }, aiTypes, aiLoad] },
    ].filter(({ name }) => isWanted(name) || wanted.some((other) => other.startsWith(name))),
  ]);
  await runAll(
    [
      { name: "ai 7 on Node 22", cwd: ai7, tool: [bin("node"), "--version"], calls: [{ ...aiPlay, line: [bin("node"), "play.mjs"] }] },
      { name: "Yarn PnP", cwd: pnp, calls: [{ line: [...yarn, "install"] }, ...programs([...yarn, "node"], [...yarn, "tau2"])] },
      {
        name: "Bun",
        cwd: withBun,
        tool: [bin("bun"), "--version"],
        calls: [{ line: [bin("bun"), "install"] }, ...programs([bin("bun")], [bin("bun"), "--bun", "node_modules/@tau2/cli/bin/tau2.js"])],
      },
      {
        name: "Deno",
        ...installed,
        tool: [bin("deno"), "--version"],
        calls: programs([bin("deno"), "run", "-A"], [bin("deno"), "run", "-A", "node_modules/@tau2/cli/bin/tau2.js"]),
      },
      ...bundlers.map((name) => ({
        name,
        ...installed,
        calls: [{ line: [node, "bundle.mjs", name] }, { line: [node, join(name, bundleOf(name))], expect: /^played$/m }],
      })),
      {
        name: "vite-browser",
        ...installed,
        calls: [{ line: [node, "bundle.mjs", "vite-browser"] }, { line: [node, "page.mjs"], expect: /"name"/ }],
      },
      {
        name: "vite-page",
        ...installed,
        calls: [{ line: [node, bin("tsc"), "-p", "page/tsconfig.json"] }, { line: [node, "bundle.mjs", "vite-page"] }],
      },
      { name: "node10 types", ...installed, calls: [{ line: [node, bin("tsc"), "-p", "node10.json"] }] },
      {
        name: "declaration maps",
        ...installed,
        calls: [{ line: [node, "definition.mjs"], expect: /domains\/src\/airline\/index\.ts$/m }],
      },
      { name: "zod 3", ...installed, calls: [{ line: [node, "zod-3.mjs"], expect: /^invalid: .*zod 4/ }] },
      {
        name: "mutative",
        ...installed,
        calls: ["development", "production"].map((mode) => ({
          line: [node, "production.cjs"],
          env: { NODE_ENV: mode },
          expect: /production/,
          absent: /development/,
        })),
      },
    ].filter(({ name }) => isWanted(name) || (isWanted(moved) && bundlers.includes(name))),
  );
  // With what "vite-page" has built.
  if (isWanted("vite-page")) await runAll([chromiumPage(npm)]);
  if (isWanted(moved)) await runAll([movedBundles(npm)]);
} finally {
  model.close();
  rmSync(folder, { recursive: true, force: true });
}
say(`  ${((performance.now() - begin) / 1000).toFixed(0)} s in all`);
say(countsText(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;

/**
 * Checks an installation: a program, and the command with presets, data, a domain in TypeScript and workers.
 * @param {readonly string[]} runtime
 * @param {readonly string[]} tau2
 * @returns {Call[]}
 */
function programs(runtime, tau2) {
  return [
    { line: [...runtime, "play.mjs"], expect: /^played$/m },
    { line: [...tau2, "config", "list"], expect: /demo/ },
    { line: [...tau2, "data", "check"], expect: /starter/ },
    { line: [...tau2, "run", "--config", "demo", "--num-tasks", "2"], expect: /pass\^1/ },
    { line: [...tau2, "run", "--domain", "own-domain.ts", "--num-tasks", "1"], expect: /pass\^1/ },
    { line: [...tau2, "rollout", "--env-config", "tau2bench/smoke", "--policy", "gold"], expect: /reward|accuracy/ },
  ];
}

/**
 * The page in a real browser: it plays, and what cannot work says why.
 * @param {string} npm
 * @returns {Check}
 */
function chromiumPage(npm) {
  const line = [node, "chromium.mjs", "vite-page"];
  return {
    name: "vite-page in Chromium",
    cwd: npm,
    tool: [process.env["CHROMIUM"] ?? "chromium", "--version"],
    calls: [{ line, expect: /played; user: true; policy: true.*naive: .*parseOrderedJson.*node: .*runs only in Node/s }],
  };
}

/**
 * Bundles taken away from every `node_modules`: without data they say what to do, with a data directory they work.
 * @param {string} npm
 * @returns {Check}
 */
function movedBundles(npm) {
  const cwd = join(folder, "moved");
  mkdirSync(cwd);
  cpSync(join(npm, "node_modules", "@tau2", "domains", "data"), join(cwd, "copied", "tau2", "domains"), { recursive: true });
  // Webpack and vite write the place of a module into the bundle; it is gone as well.
  renameSync(join(npm, "node_modules"), join(npm, "gone"));
  const calls = bundlers.flatMap((name) => {
    const file = `${name}-${bundleOf(name)}`;
    cpSync(join(npm, name, bundleOf(name)), join(cwd, file));
    const line = [node, file];
    return [
      { line, fails: true, expect: /@tau2\/domains\/data.*TAU2_DATA_DIR/s },
      { line, env: { TAU2_DATA_DIR: "copied", CONSUMER_MODEL_URL: "" }, expect: /^played$/m },
      // The thread that asks models is a file of its own.
      { line, env: { TAU2_DATA_DIR: "copied" }, fails: true, expect: /is_async: true/ },
    ];
  });
  return { name: moved, cwd, calls };
}

async function installTools() {
  mkdirSync(tools, { recursive: true });
  cpSync(join(sources, "package.json"), join(tools, "package.json"));
  const { ok, output } = await run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"], { cwd: tools });
  if (!ok) throw new Error(`the tools of scripts/consumers/package.json cannot be installed:\n${output}`);
}

/**
 * @param {string} name
 * @param {readonly import("./lib/pack.mjs").Packed[]} packed
 * @param {readonly string[]} entries
 * @returns {string} its folder
 */
function writeProject(name, packed, entries) {
  const project = join(folder, name);
  const write = (/** @type {string} */ file, /** @type {unknown} */ content) =>
    writeFileSync(join(project, file), typeof content === "string" ? content : JSON.stringify(content));
  cpSync(join(sources, "programs"), project, { recursive: true });
  for (const file of ["bundle.mjs", "chromium.mjs", "definition.mjs"]) cpSync(join(sources, file), join(project, file));
  const tarballs = Object.fromEntries(packed.map(({ name: own, tarball }) => [own, `file:${tarball}`]));
  write("package.json", {
    name: `consumer-${name}`,
    private: true,
    type: "module",
    dependencies: { ...tarballs, zod3: "npm:zod@3.24.4" },
    devDependencies: {
      ...oldestPeers(packed),
      "@types/node": nodeTypes,
    },
    // Each of ours comes from its tarball, also where one of ours asks for it: the registry is not asked.
    resolutions: tarballs,
    overrides: name === "npm" ? Object.fromEntries(Object.keys(tarballs).map((own) => [own, `$${own}`])) : tarballs,
    pnpm: { overrides: tarballs },
  });
  // An empty lock file tells Yarn that the project is its own, wherever the folder lies.
  if (name === "yarn") write("yarn.lock", "");
  write("types.ts", entries.map((entry, at) => `import * as e${at} from "${entry}";\nexport const u${at}: object = e${at};\n`).join(""));
  write("node10.json", {
    compilerOptions: {
      target: "es2022",
      module: "commonjs",
      moduleResolution: "node10",
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      types: ["node"],
    },
    files: ["types.ts"],
  });
  return project;
}

/**
 * A project with one major version of the AI SDK and the domains alone.
 * @param {string} major
 * @param {readonly import("./lib/pack.mjs").Packed[]} packed
 * @returns {string} its folder
 */
function writeAiProject(major, packed) {
  const project = join(folder, `ai-${major}`);
  cpSync(join(sources, "ai"), project, { recursive: true });
  const domains = packed.find(({ name }) => name === "@tau2/domains");
  const dependencies = { "@tau2/domains": `file:${domains?.tarball}`, ai: `^${major}.0.0` };
  const manifest = { name: `consumer-ai-${major}`, private: true, type: "module", dependencies };
  writeFileSync(join(project, "package.json"), JSON.stringify({ ...manifest, devDependencies: { "@types/node": nodeTypes } }));
  return project;
}

/** @param {readonly Check[]} checks */
async function runAll(checks) {
  let next = 0;
  const lane = async () => {
    for (let check = checks[next++]; check; check = checks[next++]) await runCheck(check);
  };
  await Promise.all([lane(), lane()]);
}

/** @param {Check} check */
async function runCheck({ name, cwd, tool, calls }) {
  if (tool) {
    const [command = "", ...args] = tool;
    const { ok, output } = await run(command, args, { cwd, env });
    if (!ok) {
      counts.skipped++;
      skipped(name, `not on this machine: ${output.trim().split("\n")[0]}`);
      return;
    }
  }
  let seconds = 0;
  for (const call of calls) {
    const [command = "", ...args] = call.line;
    const outcome = await run(command, args, { cwd: call.cwd ?? cwd, env: { ...env, ...call.env } });
    seconds += outcome.seconds;
    const problem = problemOf(call, outcome);
    if (problem === null) continue;
    counts.failed++;
    failed(name, seconds, `${call.line.join(" ")}\n${problem}:\n${outcome.output}`);
    return;
  }
  counts.passed++;
  passed(name, seconds);
}

/**
 * @param {Call} call
 * @param {import("./lib/command.mjs").Outcome} outcome
 * @returns {string | null}
 */
function problemOf({ fails = false, expect, absent }, { ok, output }) {
  if (ok === fails) return fails ? "did not fail" : "failed";
  if (expect && !expect.test(output)) return `did not print ${expect}`;
  return absent?.test(output) ? `printed ${absent}` : null;
}

/** A user model on loopback, which says the same to everybody. */
async function startModel() {
  const message = { role: "assistant", content: "Hello from the model." };
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  const reply = {
    id: "1",
    object: "chat.completion",
    created: 0,
    model: "consumer",
    choices: [{ index: 0, message, finish_reason: "stop" }],
    usage,
  };
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.setHeader("content-type", "application/json").end(JSON.stringify(reply)));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
