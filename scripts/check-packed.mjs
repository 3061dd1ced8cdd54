// Whether what would be published works where nothing of this repository is near: the packed packages are installed with npm
// in an empty project together with their optional peers, every entry is loaded as ESM and as CJS, a strict consumer of every entry is
// type-checked (library types included), and the installed command runs.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./lib/command.mjs";
import { entriesOf, oldestPeers, outsideEnv, packAll } from "./lib/pack.mjs";
import { duration, say } from "./lib/report.mjs";
import { prepareToolchain } from "./lib/toolchain.mjs";

/** An entry offers something, and never a default export. */
const checkSource = `function check(entry, module) {
  const names = Object.keys(module).filter((name) => name !== "__esModule");
  if (names.length === 0 || names.includes("default")) throw new Error(entry + " exports " + (names.join(", ") || "nothing"));
}
`;

/** Entries whose peer's own types do not hold under strict options: those of `ai` want another package, and properties that may be undefined. */
const looselyTyped = new Set(["@tau2/domains/ai-sdk"]);

const { env } = await prepareToolchain();
const project = realpathSync(mkdtempSync(join(tmpdir(), "tau2-packed-")));
const nodeTypes = createRequire(import.meta.url)("@types/node/package.json").version;
const typescript = createRequire(import.meta.url).resolve("typescript/bin/tsc");

try {
  const packed = await packAll(project, env);
  const entries = packed.flatMap(({ name, manifest }) => entriesOf(name, manifest));
  const commands = packed.flatMap(({ manifest }) => Object.keys(manifest.bin ?? {}));
  writeProject(packed, entries);
  const checks = [
    { what: "install with npm", command: "npm", args: ["install", "--no-audit", "--no-fund", "--loglevel=error"] },
    { what: `import of ${entries.length} entries`, command: process.execPath, args: ["load.mjs"] },
    { what: `require of ${entries.length} entries`, command: process.execPath, args: ["load.cjs"] },
    { what: "consumer's types", command: process.execPath, args: [typescript, "-p", "strict.json"] },
    { what: "consumer's types, those of peers as they are", command: process.execPath, args: [typescript, "-p", "loose.json"] },
    ...commands.flatMap((name) =>
      ["--help", "--version"].map((flag) => ({ what: `${name} ${flag}`, command: join("node_modules", ".bin", name), args: [flag] })),
    ),
  ];
  for (const { what, command, args } of checks) {
    const { ok: ended, output, stdout, seconds } = await run(command, args, { cwd: project, env: outsideEnv() });
    const ok = ended && (!commands.includes(what.split(" ")[0] ?? "") || stdout.trim() !== "");
    say(`${ok ? "ok    " : "FAILED"} ${what} (${duration(seconds)})`);
    if (ok) continue;
    say(output);
    process.exitCode = 1;
    break;
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}

/**
 * @param {readonly import("./lib/pack.mjs").Packed[]} packed
 * @param {readonly string[]} entries
 */
function writeProject(packed, entries) {
  const write = (/** @type {string} */ name, /** @type {unknown} */ content) =>
    writeFileSync(join(project, name), typeof content === "string" ? content : JSON.stringify(content, null, 2));
  const list = JSON.stringify(entries);
  write("package.json", {
    name: "consumer",
    private: true,
    dependencies: Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`])),
    devDependencies: { ...oldestPeers(packed), "@types/node": nodeTypes },
    // Each of ours comes from its tarball, also where one of ours asks for it: the registry is not asked.
    overrides: Object.fromEntries(packed.map(({ name }) => [name, `$${name}`])),
  });
  for (const kind of /** @type {const} */ (["strict", "loose"])) {
    const typed = entries.filter((entry) => looselyTyped.has(entry) === (kind === "loose"));
    const uses = (/** @type {(name: string, entry: string) => string} */ load) =>
      typed.map((entry, at) => `${load(`e${at}`, entry)};\nexport const u${at}: object = e${at};\n`).join("");
    write(
      `${kind}.mts`,
      uses((name, entry) => `import * as ${name} from "${entry}"`),
    );
    write(
      `${kind}.cts`,
      uses((name, entry) => `import ${name} = require("${entry}")`),
    );
    write(`${kind}.json`, {
      compilerOptions: {
        target: "es2023",
        module: "nodenext",
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: kind === "loose",
        noEmit: true,
        types: ["node"],
      },
      files: [`${kind}.mts`, `${kind}.cts`],
    });
  }
  write("load.mjs", `for (const entry of ${list}) check(entry, await import(entry));\n${checkSource}`);
  write("load.cjs", `for (const entry of ${list}) check(entry, require(entry));\n${checkSource}`);
}
