import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder, line, tau2 } from "./tau2.ts";

type Shown = Record<string, { value: unknown; source: string }>;

function folderWith(files: Record<string, string>): string {
  const cwd = emptyFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return cwd;
}

async function shown(words: string, files: Record<string, string> = {}): Promise<Shown> {
  return JSON.parse((await line(`config show ${words} --json`, { cwd: folderWith(files) })).stdout) as Shown;
}

describe("what holds", () => {
  it("is the command line before the files, the last file before the first, and the defaults otherwise", async () => {
    const files = { "a.yaml": "seed: 1\nmax_steps: 50\nnum_trials: 2\n", "b.yaml": "# mine\nseed: 2\nmax_steps: 60\n" };
    expect(await shown("--config a.yaml b.yaml --seed 3", files)).toMatchObject({
      seed: { value: 3, source: "--seed" },
      max_steps: { value: 60, source: "b.yaml:3" },
      num_trials: { value: 2, source: "a.yaml:3" },
      max_errors: { value: 10, source: "default" },
    });
  });

  it("only options that are given override: a default does not", async () => {
    expect((await shown("--config a.yaml -d airline", { "a.yaml": "max_concurrency: 9" })).max_concurrency).toEqual({
      value: 9,
      source: "a.yaml:1",
    });
  });

  it("none and null take a limit away, and a switch can be switched back", async () => {
    const files = { "a.yaml": "seed: null\ntimeout: 5\nenforce_communication_protocol: true\n" };
    expect(await shown("--config a.yaml --timeout none --no-enforce-communication-protocol", files)).toMatchObject({
      seed: { value: null },
      timeout: { value: null, source: "--timeout" },
      enforce_communication_protocol: { value: false },
    });
  });

  it("ids may be numbers in a file", async () => {
    expect((await shown("--config a.yaml", { "a.yaml": "task_ids: [1, two]" })).task_ids?.value).toEqual(["1", "two"]);
  });

  it("a table for people says the same", async () => {
    const { stdout } = await line("config show --config openai --num-trials 2");
    expect(stdout).toMatch(/num_trials +2 +--num-trials\n/);
    expect(stdout).toMatch(/agent_llm_args +\{"temperature":0\} +preset openai:\d+\n/);
  });
});

describe("faults in a file", () => {
  it.each([
    ["num_trails: 3", "c.yaml:1: unknown key 'num_trails'; did you mean 'num_trials'?"],
    ["max-steps: 3", "c.yaml:1: unknown key 'max-steps'; did you mean 'max_steps'?"],
    ["domain: airline\n\nseed: often", 'c.yaml:3: seed must be a whole number, or none, not "often"'],
    ["num_trials: 0", "c.yaml:1: num_trials must be a whole number of at least 1, not 0"],
    ["agent_llm_args: [1]", "c.yaml:1: agent_llm_args must be a mapping of names to values, not [1]"],
    ["seed: 1\nseed: 2", "c.yaml:2: Map keys must be unique"],
    ["- airline", "c.yaml:1: a configuration is a mapping of options to values"],
  ])("%j: %s", async (text, message) => {
    const { code, stderr } = await line("config show --config c.yaml", { cwd: folderWith({ "c.yaml": text }) });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it("are reported together", async () => {
    const { stderr } = await line("run --config c.yaml", { cwd: folderWith({ "c.yaml": "num_trails: 3\nseed: x\n" }) });
    expect(stderr.trimEnd().split("\n")).toHaveLength(2);
  });

  it("an empty file says nothing", async () => {
    expect((await line("config show --config c.yaml", { cwd: folderWith({ "c.yaml": "# later\n" }) })).code).toBe(0);
  });
});

describe("faults on the command line", () => {
  it.each([
    ["--num-trials 0", "--num-trials must be a whole number of at least 1, not 0"],
    ["--num-trials 1.5", "--num-trials must be a whole number of at least 1, not 1.5"],
    ["--num-trials many", "--num-trials must be a whole number, not many"],
    ["--seed x", "--seed must be a whole number or none, not x"],
    ["--agent-llm-args {x}", "--agent-llm-args must be a JSON object"],
    ["--num-trails 2", "no option --num-trails; did you mean '--num-trials'?"],
    ["--domain", "--domain needs a value"],
    ["--seed 1 --seed 2", "--seed is given twice: 1 and 2"],
    ["airline retail", "'retail' is one word too many"],
  ])("%s: %s", async (words, message) => {
    const { code, stderr, stdout } = await line(`run ${words}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`error: ${message}`);
  });
});

describe("presets", () => {
  it("each of them is valid, and says what it is for", async () => {
    const { stdout } = await line("config list --json");
    const presets = (JSON.parse(stdout) as { kind: string; name: string; brief: string }[]).filter(({ kind }) => kind === "run");
    expect(presets.map(({ name }) => name)).toEqual(expect.arrayContaining(["demo", "local", "openai"]));
    for (const { name, brief } of presets) {
      expect(brief).not.toBe("");
      expect(await tau2(["config", "show", "--config", name])).toMatchObject({ code: 0, stderr: "" });
    }
  });

  it("the demo runs", async () => {
    const { code, stdout } = await line("run --config demo --num-tasks 1");
    expect(code).toBe(0);
    expect(stdout).toContain("average reward  1.0000");
  });

  it("an unknown one is answered with the nearest name, or with the file that was meant", async () => {
    expect((await line("config show --config opnai")).stderr).toContain("no preset 'opnai'; did you mean 'openai'?");
    expect((await line("config show --config mine", { cwd: folderWith({ "mine.yaml": "" }) })).stderr).toContain(
      "for the file here write --config mine.yaml",
    );
    expect((await line("config show --config ./no.yaml")).stderr).toContain("the configuration ./no.yaml cannot be read");
  });
});
