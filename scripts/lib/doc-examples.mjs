// Programs in the doc comments of the packages: every `@example` compiles, and runs unless its fence is marked `no-run`.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { getCodeBlocks } from "./code-blocks.mjs";
import { packagesIn, root } from "./repository.mjs";

/**
 * @typedef {object} DocExample
 * @property {string} place file and line of its fence, relative to the repository
 * @property {boolean} runs false if its fence is marked `no-run`
 * @property {string} module path of the module that holds it
 */

const runner = fileURLToPath(new URL("run-modules.mjs", import.meta.url));

/**
 * Checks the types of all examples in one program, and runs them in one process: both against the build of the packages.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ passed: number, failures: string[] }} counts of examples; a failure says where and why
 */
export function checkDocExamples(env) {
  const folders = packagesIn("packages").map((folder) => join(root, folder, ".snippets", String(process.pid)));
  try {
    const examples = folders.flatMap(writeExamples);
    const failures = new Map([...runExamples(examples, env), ...findTypeErrors(examples)]);
    return {
      passed: examples.filter(({ module }) => !failures.has(module)).length,
      failures: examples.flatMap(({ place, module }) => {
        const failure = failures.get(module);
        return failure === undefined ? [] : [`${place} (@example) failed:\n${failure}`];
      }),
    };
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Writes the examples of a package as modules inside of it, so that they import what its users can import.
 * Each starts at its own line, so that errors name the line in the source.
 * @param {string} folder
 * @returns {DocExample[]}
 */
function writeExamples(folder) {
  const source = join(dirname(dirname(folder)), "src");
  mkdirSync(folder, { recursive: true });
  const files = ts.sys.readDirectory(source, [".ts"], ["**/*.test.ts"]).toSorted();
  return files.flatMap((file) => {
    const text = readFileSync(file, "utf8").replaceAll(/^ *\* ?/gm, "");
    const lines = text.split("\n");
    const blocks = getCodeBlocks(text).filter(({ language, line }) => language === "ts" && lines[line - 2] === "@example");
    return blocks.map(({ code, line, onlyCompiles }) => {
      const name = relative(source, file).replaceAll(/[\\/]/g, "-").replace(/\.ts$/, "");
      const module = join(folder, `${name}-${line}.mts`);
      writeFileSync(module, `${"\n".repeat(line)}${code}export {};\n`);
      return { place: `${relative(root, file)}:${line}`, runs: !onlyCompiles, module };
    });
  });
}

/** @param {DocExample[]} examples @returns {Map<string, string>} type errors by module */
function findTypeErrors(examples) {
  const { config } = ts.readConfigFile(join(root, "tsconfig.base.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root);
  // Declarations of the build in place of sources, whose types take the compiler several times as long.
  delete options.customConditions;
  const program = ts.createProgram(
    examples.map(({ module }) => module),
    options,
  );
  const host = { getCanonicalFileName: (/** @type {string} */ name) => name, getCurrentDirectory: () => root, getNewLine: () => "\n" };
  /** @type {Map<string, string>} */
  const errors = new Map();
  for (const { module } of examples) {
    const file = program.getSourceFile(module);
    // Only the examples: `typecheck` reports errors of the sources.
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    if (found.length > 0) errors.set(module, ts.formatDiagnostics(found, host));
  }
  return errors;
}

/** @param {DocExample[]} examples @param {NodeJS.ProcessEnv} env @returns {Map<string, string>} errors by module */
function runExamples(examples, env) {
  const modules = examples.filter(({ runs }) => runs).map(({ module }) => module);
  const cwd = mkdtempSync(join(tmpdir(), "tau2-examples-"));
  const args = ["--import", import.meta.resolve("tsx"), runner, ...modules];
  // The third pipe carries the outcomes, since examples print.
  const stdio = /** @type {const} */ (["ignore", "pipe", "pipe", "pipe"]);
  // A client that is only created wants a key, too. No example sends a request to the model of a company.
  const keys = { OPENAI_API_KEY: "not-a-key" };
  const { output } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...env, ...keys },
    stdio: [...stdio],
    encoding: "utf8",
    timeout: 60_000,
  });
  rmSync(cwd, { recursive: true });
  /** @type {Map<string, string | null>} */
  const outcomes = new Map((output?.[3] ?? "").split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)])));
  /** @type {Map<string, string>} */
  const errors = new Map();
  for (const module of modules) {
    const error = outcomes.get(module);
    if (error === undefined) errors.set(module, `did not run, because an example before it ended the process:\n${output?.[2] ?? ""}`);
    else if (error !== null) errors.set(module, error);
  }
  return errors;
}
