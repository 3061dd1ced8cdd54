import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { readResults } from "@tau2/orchestrator/results";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, line, tau2, type Ran } from "./tau2.ts";

const library = fileURLToPath(new URL("./fixtures/library.ts", import.meta.url));

describe("without a model", () => {
  const cwd = emptyFolder();
  let ran: Ran;
  beforeAll(async () => {
    ran = await line("run --domain airline --num-tasks 3 --num-trials 2 --save-to keyless", { cwd });
  });

  it("the gold agent plays the solutions, and says so", () => {
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("No model is named, so the gold agent plays the solutions and a script plays the user.");
  });

  it("a pipe gets a line for each simulation, without colours", () => {
    const lines = ran.stderr.trimEnd().split("\n");
    expect(lines.filter((text) => /^\[\d\/6\] ✓ reward 1\.00, task /.test(text))).toHaveLength(6);
    expect(ran.stderr + ran.stdout).not.toContain("\u001b");
  });

  it("the table, the metrics and the path of the results are the output", () => {
    expect(ran.stdout).toMatch(/\ntask +trial +reward +messages +end +time +components\n/);
    expect(ran.stdout.indexOf("average reward")).toBeLessThan(ran.stdout.indexOf("task  "));
    expect(ran.stdout).toContain("simulations     6 planned, 6 graded, 0 excluded");
    expect(ran.stdout).toMatch(/average reward {2}1\.0000 {2}\[0\.\d\d, 1\.00\]\npass\^1 {10}1\.000 [^]*C\(c,k\)/);
    expect(ran.stdout).toContain("pass^2          1.000  [");
    expect(ran.stdout.trimEnd().split("\n").slice(-2)).toEqual([
      "results in data/simulations/keyless/results.json",
      "to look further: tau2 replay keyless",
    ]);
  });

  it("the results file is in tau2-bench's form and reads back", () => {
    const path = join(cwd, "data/simulations/keyless/results.json");
    const results = readResults(path);
    expect(results.simulations).toHaveLength(6);
    expect(results.info).toMatchObject({
      num_trials: 2,
      seed: 300,
      agent_info: { implementation: "gold", llm: null },
      user_info: { implementation: "scripted" },
    });
    expect(new Set(results.simulations.map(({ seed }) => seed))).toEqual(new Set([626_729, 373_753]));
    expect(Object.keys(JSON.parse(readFileSync(path, "utf8")) as object)).toEqual([
      "timestamp",
      "info",
      "tasks",
      "simulations",
      "simulation_index",
    ]);
  });

  it("an existing run is not touched", async () => {
    const path = join(cwd, "data/simulations/keyless/results.json");
    const before = readFileSync(path, "utf8");
    const again = await line("run --domain airline --num-tasks 1 --save-to keyless", { cwd });
    expect(again).toMatchObject({ code: 2, stdout: "" });
    expect(again.stderr).toContain("already exists. Please delete it or use a different --save-to name");
    expect(readFileSync(path, "utf8")).toBe(before);
  });
});

describe("where results go", () => {
  it("a name with a slash in it is a path", async () => {
    const cwd = emptyFolder();
    await line(`run -d ${library} --task-ids one --save-to out/mine`, { cwd });
    await line(`run -d ${library} --task-ids one --save-to ./single.json`, { cwd });
    expect([existsSync(join(cwd, "out/mine/results.json")), existsSync(join(cwd, "single.json")), existsSync(join(cwd, "data"))]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("runs of the same second do not meet", async () => {
    const cwd = emptyFolder();
    const codes = [];
    for (let i = 0; i < 3; i++) codes.push((await line(`run -d ${library} --task-ids one`, { cwd })).code);
    expect(codes).toEqual([0, 0, 0]);
  });
});

describe("which tasks", () => {
  it("ids may follow each other, stand behind commas, or be given one at a time", async () => {
    const played = async (words: string) =>
      (JSON.parse((await line(`run -d ${library} ${words} --json`)).stdout) as { simulations: { task_id: string }[] }).simulations.map(
        ({ task_id }) => task_id,
      );
    expect(await played("--task-ids one judged")).toEqual(["one", "judged"]);
    expect(await played("--task-ids one,judged")).toEqual(["one", "judged"]);
    expect(await played("--task-ids judged --num-trials 1 --task-ids one")).toEqual(["one", "judged"]);
  });

  it("unknown ids and splits are answered with the nearest name", async () => {
    expect((await line(`run -d ${library} --task-ids juged`)).stderr).toContain("did you mean 'judged'?");
    expect((await line("run -d airline --task-split-name tset")).stderr).toMatch(/Invalid task split name: tset\. .*did you mean 'test'\?/);
  });
});

describe("--json", () => {
  it("writes one document to standard output, and all else to standard error", async () => {
    const { stdout, stderr, code } = await line(`run -d ${library} --json`);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      interrupted: false,
      coverage: { planned: 2, graded: 2, missing: 0 },
      simulations: [
        { task_id: "one", trial: 0, reward: 1, components: { DB: "met" } },
        { task_id: "judged", components: { NL_ASSERTION: "not_graded" } },
      ],
    });
    expect(stderr).toContain("No model is named");
  });
});

it("a task that needs a judge is reported without one", async () => {
  const { stderr, stdout } = await line(`run -d ${library} --task-ids judged`);
  expect(stderr).toContain("1 task of 1 need a judge, and --judge-llm is not set");
  expect(stdout).toContain("? not judged");
});

it("a run in which nothing can be graded fails", async () => {
  const cwd = emptyFolder();
  writeFileSync(
    join(cwd, "sad.mjs"),
    `import { library } from ${JSON.stringify(library)};
     const data = library.data();
     const action = { env_type: "assistant", func_name: "no_such_function", arguments: {} };
     export default { ...library, data: () => ({ ...data, tasks: [{ ...data.tasks[0], initial_state: { initialization_actions: [action] } }] }) };`,
  );
  const { code, stdout, stderr } = await line("run -d ./sad.mjs", { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain("infrastructure fault, no conversation");
  expect(stdout).toContain("1 planned, 0 graded, 1 excluded (1 fault: infrastructure 1)");
});

describe("on a terminal", () => {
  it("the view is drawn again in place and gone in the end", async () => {
    const { stderr } = await line(`run -d ${library} --save-to t`, { terminal: 100, env: { NO_COLOR: "1" } });
    expect(stderr).toContain("\u001b[0J");
    expect(stderr).toContain("2/2 done · reward 1.00");
    expect(stderr.endsWith("\u001b[0J")).toBe(true);
  });

  it("no line is wider than the terminal", async () => {
    const { stderr, stdout } = await line("run -d airline --num-tasks 4 --save-to t", { terminal: 40, env: { NO_COLOR: "1" } });
    const lines = stripVTControlCharacters(`${stderr}\n${stdout.slice(0, stdout.indexOf("\n\n"))}`).split("\n");
    expect(Math.max(...lines.map((text) => text.length))).toBeLessThanOrEqual(40);
  });

  it("a dumb terminal gets plain lines", async () => {
    const { stderr } = await line(`run -d ${library} --save-to t`, { terminal: 80, env: { TERM: "dumb" } });
    expect(stderr).not.toContain("\u001b");
    expect(stderr).toContain("[2/2]");
  });
});

describe("an option of tau2-bench's run that does not exist here", () => {
  it.each([
    ["workers", "--max-concurrency"],
    ["provider-limit", "--max-concurrency"],
    ["log-level", "standard error"],
    ["verbose-logs", "tau2 replay"],
    ["llm-log-mode", "raw_data"],
    ["user-persona", "the task"],
    ["auto-review", "tau2 replay"],
    ["review-mode", "tau2 replay"],
    ["review-model", "tau2 replay"],
    ["hallucination-retries", "--max-retries"],
    ["reasoning-effort", "--agent-llm-args"],
    ["xml-prompt", "--agent-prompt"],
    ["no-xml-prompt", "--agent-prompt"],
    ["text-streaming-config", "leave it out"],
    ["max-steps-seconds", "--timeout"],
    ["retrieval-config", "another --domain"],
    ["retrieval-config-kwargs", "another --domain"],
    ...[
      "wait-to-respond-threshold-other",
      "audio-debug",
      "audio-native",
      "audio-native-model",
      "audio-native-provider",
      "audio-taps",
      "backchannel-max-threshold",
      "backchannel-min-threshold",
      "backchannel-poisson-rate",
      "buffer-until-complete",
      "cascaded-config",
      "fast-forward-mode",
      "integration-duration",
      "interruption-check-interval",
      "pcm-sample-rate",
      "send-audio-instant",
      "silence-annotation-threshold",
      "speech-complexity",
      "telephony-rate",
      "tick-duration",
      "use-llm-backchannel",
      "wait-to-respond-threshold-self",
      "yield-threshold-when-interrupted",
      "yield-threshold-when-interrupting",
    ].map((option): [string, string] => [option, "spoken conversations"]),
  ])("--%s is answered in one line with the alternative: %s", async (option, alternative) => {
    const { code, stderr } = await tau2(["run", "-d", "mock", `--${option}`, "x"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .*\n$/);
    expect(stderr).toContain(alternative);
  });
});
