import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readResults, writeResults, type Results } from "@tau2/orchestrator/results";
import { startModelServer } from "@tau2/user-sim/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, line, tau2 } from "./tau2.ts";

const library = fileURLToPath(new URL("./fixtures/library.ts", import.meta.url));
const cwd = emptyFolder();
const run = (words: string) => line(words, { cwd });
const at = (...path: string[]) => join(cwd, "data/simulations", ...path);
/** A copy of a run's results, changed, as a run of another program. */
async function changed(name: string, from: string, change: (results: Results) => Results): Promise<string> {
  await writeResults(at(name, "results.json"), change(readResults(at(from))));
  return name;
}
const withFirst = (results: Results, fields: object): Results => ({
  ...results,
  simulations: results.simulations.map((simulation, i) => (i === 0 ? { ...simulation, ...fields } : simulation)),
});

/** Results whose first simulation holds a tool answer that the tools do not give. */
const lie = (results: Results): Results => {
  const messages = results.simulations[0]!.messages!.map((message) =>
    message.role === "tool" && message.content?.includes("reservation_id")
      ? { ...message, content: '{"reservation_id": "XXXXXX"}' }
      : message,
  );
  return withFirst(results, { messages });
};

beforeAll(async () => {
  await run("run -d airline --num-tasks 6 --num-trials 2 --save-to good");
  await run("run -d airline --num-tasks 6 --num-trials 2 --agent noop --save-to idle");
  await run(`run -d ${library} --save-to books`);
  writeFileSync(join(cwd, "cut.json"), readFileSync(at("good", "results.json"), "utf8").slice(0, 5000));
  await changed("lied", "good", lie);
});

describe("tau2 metrics", () => {
  it("prints the metrics of a run, by its name, its folder or its file", async () => {
    const outputs = [];
    for (const way of ["good", at("good"), at("good", "results.json")]) outputs.push((await run(`metrics ${way}`)).stdout);
    expect(new Set(outputs).size).toBe(1);
    expect(outputs[0]).toContain("airline, agent gold, user scripted");
    expect(outputs[0]).toContain("12 planned, 12 graded, 0 excluded");
  });

  it("shows each task where that is wanted", async () => {
    expect((await run("metrics idle --by-task")).stdout).toMatch(/\n\S+ +0\/2 +0\.000 +0\.000\n/);
  });

  it("writes one JSON document", async () => {
    const document = JSON.parse((await run("metrics good --json")).stdout) as object;
    expect(document).toMatchObject({
      metrics: { avg_reward: 1, pass_hat_ks: { 1: 1, 2: 1 } },
      intervals: { avg_reward: { high: 1 } },
      coverage: { planned: 12, graded: 12 },
      tasks: [{ successes: 2, simulations: 2 }, {}, {}, {}, {}, {}],
    });
  });

  it("reads the log where a crash left the results file behind it, or cut", async () => {
    mkdirSync(at("crashed"), { recursive: true });
    for (const name of ["results.json", "run.jsonl", "run.json"]) copyFileSync(at("good", name), at("crashed", name));
    await writeResults(at("crashed", "results.json"), { ...readResults(at("good")), simulations: [] });
    utimesSync(at("crashed", "results.json"), 1, 1);
    const { stdout, stderr } = await run("metrics crashed");
    expect(stdout).toContain("12 planned, 12 graded");
    expect(stderr).toContain("the results file is older than the log beside it");
    truncateSync(at("crashed", "results.json"), 100);
    expect((await run("metrics crashed")).stdout).toContain("12 planned, 12 graded");
  });

  it("says what is wrong with a file that it cannot read", async () => {
    expect(await run("metrics cut.json")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("breaks off after 5000 characters") as string,
    });
  });

  it("names the run that was probably meant, or some that there are", async () => {
    const missing = async (words: string, folder = cwd) => {
      const { code, stderr } = await tau2(words.split(" "), { cwd: folder });
      expect(code).toBe(2);
      return stderr;
    };
    expect(await missing("metrics goood")).toContain(
      "no results at goood, and no run of that name in data/simulations; did you mean 'good'?",
    );
    const folder = emptyFolder();
    mkdirSync(join(folder, "data/simulations/idle"), { recursive: true });
    copyFileSync(at("idle", "results.json"), join(folder, "data/simulations/idle/results.json"));
    expect(await missing("evaluate nowhere-at-all", folder)).toMatch(/no run of that name in data\/simulations\. Runs here: .*idle/);
    expect(await missing("compare good x", emptyFolder())).toContain("no run of that name in data/simulations yet");
  });

  it("reads a run that was killed before it had a results file", async () => {
    mkdirSync(at("early"), { recursive: true });
    copyFileSync(at("good", "run.jsonl"), at("early", "run.jsonl"));
    expect((await run("metrics early")).stdout).toContain("12 planned, 12 graded");
    expect((await run("evaluate early")).stdout).toContain("12 simulations graded again: 12 as before");
    rmSync(at("early"), { recursive: true });
  });
});

describe("tau2 compare", () => {
  it("shows both metrics, their difference, and the tasks that flipped", async () => {
    const { stdout, code } = await run("compare idle good");
    expect(code).toBe(0);
    expect(stdout).toMatch(/reward +0\.000 +1\.000 +\+1\.000/);
    expect(stdout).toContain('agent.implementation: "noop" in A, "gold" in B');
    expect(stdout).toContain("over 6 tasks that both have");
    expect(stdout).toMatch(/better in B: 6 tasks\n.*\n.* 0\/2 +2\/2 +\+1\.000/);
  });

  it("says how small a difference could be seen", async () => {
    const name = await changed("mixed", "good", (results) =>
      withFirst(results, { reward_info: { ...results.simulations[0]!.reward_info!, reward: 0 } }),
    );
    const { stdout } = await run(`compare good ${name}`);
    expect(stdout).toMatch(/the smallest difference in reward that could be seen with these: 0\.\d\d/);
    expect(stdout).toContain("worse in B: 1 task");
  });

  it("refuses runs over different data, unless it must", async () => {
    const name = await changed("other-policy", "good", (results) => ({
      ...results,
      info: { ...results.info, environment_info: { ...results.info.environment_info, policy: "Anything goes." } },
    }));
    const refused = await run(`compare good ${name}`);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain("policy: not the same");
    expect((await run(`compare good ${name} --force`)).stdout).toContain("policy: not the same");
    expect((await run("compare good books")).stderr).toContain('domain: "airline" in A, "library" in B');
    expect((await run("compare good books --force")).stderr).toContain("do not share a task");
  });

  it("writes one JSON document", async () => {
    expect(JSON.parse((await run("compare idle good --json")).stdout)).toMatchObject({
      tasks: 6,
      reward: { before: 0, after: 1, difference: 1, p_value: 2 / 64 },
      coverage: { before: { graded: 12 }, after: { graded: 12 } },
      worse: [],
    });
  });
});

describe("tau2 evaluate", () => {
  it("grades again and changes nothing that is stored", async () => {
    const before = readFileSync(at("good", "results.json"), "utf8");
    const { stdout, code } = await run("evaluate good");
    expect(code).toBe(0);
    expect(stdout).toContain("12 simulations graded again: 12 as before, 0 changed, 0 not gradable");
    expect(readFileSync(at("good", "results.json"), "utf8")).toBe(before);
  });

  it("shows the changed grades, and writes them into the given folder", async () => {
    const name = await changed("wrong", "good", (results) =>
      withFirst(results, {
        reward_info: { ...results.simulations[0]!.reward_info!, reward: 0, reward_breakdown: { DB: 0, COMMUNICATE: 1 } },
      }),
    );
    const { stdout } = await run(`evaluate-trajs ${name} -o out`);
    expect(stdout).toContain("11 as before, 1 changed");
    expect(stdout).toMatch(/ 1 +0\.00 +1\.00 +DB 0 → 1\n/);
    expect(readResults(join(cwd, "out/updated_results.json")).simulations[0]!.reward_info!.reward).toBe(1);
  });

  it("is strict about the tools' answers, and lenient with --lenient", async () => {
    const strict = await run("evaluate lied");
    expect(strict.code).toBe(1);
    expect(strict.stdout).toContain("11 as before, 0 changed, 1 not gradable");
    expect(strict.stdout).toContain("but the record holds");
    expect((await run("evaluate lied --lenient")).code).toBe(0);
  });

  it("takes the tasks as they are now when they are wanted", async () => {
    const name = await changed("old-tasks", "good", (results) => ({
      ...results,
      tasks: results.tasks.map((task, i) =>
        i === 0 ? { ...task, evaluation_criteria: { ...task.evaluation_criteria!, communicate_info: ["no such words"] } } : task,
      ),
    }));
    expect((await run(`evaluate ${name}`)).stdout).toContain("10 as before, 2 changed");
    expect((await run(`evaluate ${name} --fresh-tasks`)).stdout).toContain("12 as before");
    const gone = await changed("gone", "good", (results) => ({
      ...results,
      tasks: results.tasks.map((task, i) => (i === 0 ? { ...task, id: "gone" } : task)),
      simulations: results.simulations.map((simulation) =>
        simulation.task_id === results.tasks[0]!.id ? { ...simulation, task_id: "gone" } : simulation,
      ),
    }));
    expect((await run(`evaluate ${gone} --fresh-tasks`)).stderr).toContain("1 task not in the data any more (gone): graded as stored");
  });

  it("asks a judge only when one is named", async () => {
    await using server = await startModelServer(() =>
      JSON.stringify({ results: [{ expectedOutcome: "The agent greets the user.", reasoning: "It does.", metExpectation: true }] }),
    );
    expect((await run("evaluate books")).stdout).toContain("judge is not available");
    const { stdout } = await tau2(
      ["evaluate", "books", "--domain", library, "--judge-llm", "j", "--judge-base-url", server.baseUrl, "--json"],
      { cwd },
    );
    expect(server.requests).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ files: [{ metrics: { avg_reward: 1 }, coverage: { graded: 2 } }], failed: [] });
  });

  it("takes domain and data from the run, unless options override them", async () => {
    const directory = join(cwd, "own-data/tau2/domains/mock");
    cpSync(fileURLToPath(new URL("../../domains/data/mock", import.meta.url)), directory, { recursive: true });
    appendFileSync(join(directory, "policy.md"), "\nBe quick.\n");
    await run("run -d mock --data own-data --num-tasks 2 --save-to elsewhere");
    const graded = await run("evaluate elsewhere");
    expect(graded).toMatchObject({ code: 0, stderr: "" });
    expect((await run("evaluate elsewhere --data ../nowhere")).code).toBe(2);
    rmSync(at("elsewhere", "run.json"));
    expect((await run("evaluate elsewhere")).stderr).toContain("is not the one that this run was held under: name its data with --data");
  });

  it("finds results in folders and by patterns, and tells files of the same name apart", async () => {
    const everywhere = emptyFolder();
    for (const name of ["a", "b"]) {
      mkdirSync(join(everywhere, "simulations", name), { recursive: true });
      copyFileSync(at("good", "results.json"), join(everywhere, "simulations", name, "results.json"));
    }
    mkdirSync(join(everywhere, "loose/deeper"), { recursive: true });
    copyFileSync(at("good", "results.json"), join(everywhere, "loose/deeper/one.json"));
    const files = async (...paths: string[]) =>
      (
        JSON.parse((await tau2(["evaluate", ...paths, "--json"], { cwd: everywhere })).stdout) as { files: { results_file: string }[] }
      ).files.map(({ results_file }) => results_file.slice(everywhere.length + 1));
    expect(await files("simulations")).toEqual(["simulations/a/results.json", "simulations/b/results.json"]);
    expect(await files("loose")).toEqual(["loose/deeper/one.json"]);
    expect(await files("simulations/*/results.json", "simulations/a")).toEqual([
      "simulations/a/results.json",
      "simulations/b/results.json",
    ]);
    await tau2(["evaluate", "simulations", "-o", "out"], { cwd: everywhere });
    expect([
      existsSync(join(everywhere, "out/updated_a_results.json")),
      existsSync(join(everywhere, "out/updated_b_results.json")),
    ]).toEqual([true, true]);
    expect(await tau2(["evaluate", "none/*"], { cwd: everywhere })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no results at none/*") as string,
    });
  });

  it("continues with the other files when one cannot be read, and fails in the end", async () => {
    const { code, stderr, stdout } = await run("evaluate good cut.json");
    expect(code).toBe(1);
    expect(stderr).toContain("cut.json");
    expect(stdout).toContain("12 as before");
  });
});

describe("tau2 replay", () => {
  it("plays a trajectory as text, with what each call changed", async () => {
    const { stdout } = await run("replay good");
    expect(stdout).toMatch(/^task book_with_third_bag, trial 1: reward 1\.00\n10 messages, user_stop, /);
    expect(stdout).toContain("  0 agent   Hi! How can I help you today?");
    expect(stdout).toContain("→ book_reservation(");
    expect(stdout).toContain("+ agent/reservations/HATHAT = ");
    expect(stdout).toContain("the first of 12 simulations; the next one: --task-id");
  });

  it("finds a simulation by task and trial, or reports that it is missing", async () => {
    expect((await run("replay good --task-id book_with_third_bag --trial 2")).stdout).toMatch(/^task book_with_third_bag, trial 2/);
    const none = await run("replay good --task-id book_with_thrid_bag");
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("did you mean 'book_with_third_bag'?") as string });
  });

  it("says where tools answer otherwise now", async () => {
    expect((await run("replay lied")).stdout).toContain("! answers now: {");
  });

  it("does not let a model's text steer the terminal", async () => {
    const name = await changed("escape", "good", (results) =>
      withFirst(results, { messages: [{ role: "user", content: "a\u001b[2Jb\u0007\nc", tool_calls: null }] }),
    );
    const { stdout } = await run(`replay ${name}`);
    expect(stdout.includes("\u001b")).toBe(false);
    expect(stdout).toContain("c");
  });

  it("writes one JSON document", async () => {
    const { steps } = JSON.parse((await run("replay good --json")).stdout) as { steps: { changes: unknown[] }[] };
    expect(steps).toHaveLength(10);
    expect(steps.filter(({ changes }) => changes.length > 0)).toHaveLength(1);
  });
});

describe("tau2 convert", () => {
  it("prints tau2-bench's texts, there and back", async () => {
    await changed("layouts", "good", (results) => results);
    expect((await run("convert layouts")).stdout).toBe(
      `Converting layouts: 'json' -> 'dir'\n  Backup: ${at("layouts", "results.json.bak")}\n  Done. 12 simulation(s) converted to 'dir' format.\n`,
    );
    expect((await run("metrics layouts")).stdout).toContain("12 planned, 12 graded");
    expect((await run("convert-results layouts --to json --no-backup")).stdout).toBe(
      "Converting layouts: 'dir' -> 'json'\n  Done. 12 simulation(s) converted to 'json' format.\n",
    );
    expect((await run("convert layouts --to json")).stdout).toBe("Results at layouts are already in 'json' format.\n");
    expect((await run("convert layouts --to xml")).stderr).toContain("--to must be one of json, dir");
  });

  it("a run whose results are in a folder is not resumed until they are in one file again", async () => {
    await run("convert idle");
    expect((await run("run --resume --save-to idle")).stderr).toContain("holds a folder 'simulations'");
    await run("convert idle");
    expect((await run("run --resume --save-to idle")).code).toBe(0);
  });
});

describe("tau2 baselines", () => {
  it("shows the rewards of the solution and of doing nothing in a domain", async () => {
    const { stdout } = await run("baselines -d mock");
    expect(stdout).toMatch(/mock +starter +13 +1\.000 +0\.000 +\d+ of \d+\n/);
    expect(JSON.parse((await run("baselines -d mock --json")).stdout)).toMatchObject([{ domain: "mock", oracle: 1, noop: 0 }]);
  });
});

describe("failures", () => {
  const folder = emptyFolder();
  beforeAll(async () => {
    await line("run mock --agent noop --task-ids answer_a_note third_status_refused --save-to noop", { cwd: folder });
    await line("run mock --task-ids answer_a_note --save-to gold", { cwd: folder });
  });

  it("of each component show the expected and the actual outcome", async () => {
    const { stdout } = await line("replay noop --task-id answer_a_note", { cwd: folder });
    expect(stdout).toMatch(/DB failed\n +expected .*\n +actual +different at agent\/tasks\/task_6\/status/);
    expect(stdout).toContain('assert_task_status(expected_status="completed", task_id="task_6") is true');
    expect(stdout).toContain("update_task_status was not called");
  });

  it("are selected by --failed, with the command for the next one", async () => {
    const { stdout } = await line("replay noop --failed", { cwd: folder });
    expect(stdout).toMatch(/the first of 2 failed simulations; the next one: --task-id '\w+' --trial 1/);
    expect(await line("replay gold --failed", { cwd: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no simulation") as string,
    });
  });
});

it("telecom's tasks can be told apart, on a narrow terminal and in a pipe", async () => {
  const folder = emptyFolder();
  for (const terminal of [60, 80, 120, undefined]) {
    const { stdout } = await line(`run telecom --agent noop --num-tasks 5 --save-to t${terminal ?? ""}`, {
      cwd: folder,
      ...(terminal ? { terminal } : {}),
      env: { NO_COLOR: "1" },
    });
    const rows = stdout.split("\n").filter((row) => /^\[(?!low)/.test(row));
    expect(new Set(rows.map((row) => row.split("  ")[0])).size).toBe(5);
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(terminal ?? 140);
  }
});
