// Runs the Python clients and the trainer of `examples/python` against the built `tau2 serve`, in an environment of Python that it makes itself.
// Without Python, a network for pip, or PyTorch, the checks that need them are skipped, with a note; with TAU2_PYTHON_CHECKS=required it fails.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./lib/command.mjs";
import { countsText } from "./lib/counts.mjs";
import { hasModules, pythonWith } from "./lib/python.mjs";
import { failed, passed, say, skipped } from "./lib/report.mjs";
import { root } from "./lib/repository.mjs";
import { serving } from "./lib/serving.mjs";
import { withoutMachineSettings } from "./lib/toolchain.mjs";

/** Enough for the trainer to show that it learns: from about 0.03 to beyond this. */
const smoke = ["--updates", "20", "--every", "5", "--expect", "0.2"];

/** @type {{ name: string, script: string, args?: string[], modules?: string[] }[]} */
const programs = [
  { name: "gymnasium", script: "gym_episode.py" },
  { name: "openenv", script: "openenv_episode.py" },
  { name: "async", script: "async_episodes.py" },
  { name: "trainer", script: "train.py", args: smoke, modules: ["torch"] },
];

const folder = join(root, "examples", "python");
const required = process.env["TAU2_PYTHON_CHECKS"] === "required";
const counts = { passed: 0, failed: 0, skipped: 0 };
const env = withoutMachineSettings(process.env);

const requirements = join(folder, "requirements.txt");
const { python, missing } = await pythonWith(["-r", requirements], { text: readFileSync(requirements, "utf8"), modules: ["torch"] });
if (python === null) for (const { name } of programs) absent(name, missing);
else await runAll(python);
say(countsText(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;

/** @param {string} command */
async function runAll(command) {
  const server = await serving(["--domains", "mock"], env);
  for (const { name, script, args = [], modules = [] } of programs) {
    if (modules.length > 0 && !(await hasModules(command, modules))) {
      absent(name, `no ${modules.join(", ")} in this Python (Debian: python3-torch)`);
      continue;
    }
    const { ok, output, seconds } = await run(command, [join(folder, script), "--url", server.url, ...args], {
      env: { ...env, PYTHONDONTWRITEBYTECODE: "1" },
    });
    counts[ok ? "passed" : "failed"]++;
    if (ok) passed(name, seconds, output.trim().split("\n").at(-1));
    else failed(name, seconds, output);
  }
  await checkMissingTorch(command);
  const code = await server.stop();
  const clean = code === 0 && !/warning|error/i.test(server.log());
  counts[clean ? "passed" : "failed"]++;
  if (clean) passed("the server's end", 0);
  else failed("the server's end", 0, `exit code ${code}\n${server.log()}`);
}

/**
 * Without PyTorch, the trainer says how to get it.
 * @param {string} command
 */
async function checkMissingTorch(command) {
  const name = "trainer without PyTorch";
  const modules = mkdtempSync(join(tmpdir(), "tau2-no-torch-"));
  writeFileSync(join(modules, "torch.py"), "raise ModuleNotFoundError(\"No module named 'torch'\")\n");
  const { ok, output, seconds } = await run(command, [join(folder, "train.py")], { env: { ...env, PYTHONPATH: modules } });
  rmSync(modules, { recursive: true });
  const explained = !ok && /pip install torch/.test(output) && !/Traceback/.test(output);
  counts[explained ? "passed" : "failed"]++;
  if (explained) passed(name, seconds);
  else failed(name, seconds, output);
}

/**
 * @param {string} name
 * @param {string} why
 */
function absent(name, why) {
  counts[required ? "failed" : "skipped"]++;
  if (required) failed(name, 0, why);
  else skipped(name, why);
}
