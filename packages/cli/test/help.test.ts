import { describe, expect, it } from "vitest";
import { commands } from "../src/commands.ts";
import { line, tau2 } from "./tau2.ts";

describe("help", () => {
  it("of everything", async () => {
    const { code, stdout, stderr } = await line("--help");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot("help/tau2.txt");
  });

  it("of run", async () => {
    await expect((await line("run --help")).stdout).toMatchFileSnapshot("help/run.txt");
  });

  it("of tools call, whatever words stand before it", async () => {
    const { stdout } = await line("tools call --help");
    await expect(stdout).toMatchFileSnapshot("help/tools-call.txt");
    expect((await line("tools call airline book_reservation --user_id x -h")).stdout).toBe(stdout);
  });

  it("no word at all, and a group without a command, give help too", async () => {
    expect((await tau2([])).stdout).toBe((await line("--help")).stdout);
    expect((await line("tasks")).stdout).toContain("tasks show  show a task");
  });

  it.each(Object.keys(commands))("of %s fits 100 columns", async (name) => {
    const { stdout } = await line(`${name} --help`);
    expect(stdout).toContain(`tau2 ${name}: `);
    expect(Math.max(...stdout.split("\n").map((text) => text.length))).toBeLessThanOrEqual(100);
  });
});

it.each([60, 80, 120])("help is as wide as a terminal of %i columns", async (terminal) => {
  const { stdout } = await line("metrics --help", { terminal });
  expect(Math.max(...stdout.split("\n").map((text) => text.length))).toBeLessThanOrEqual(terminal);
  const wide = (await line("run --help", { terminal: 200 })).stdout;
  expect(Math.max(...wide.split("\n").map((text) => text.length))).toBeLessThanOrEqual(120);
});

it("the version is that of the package", async () => {
  expect((await line("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

describe("help as a word", () => {
  it.each([
    ["help", "--help"],
    ["help run", "run --help"],
    ["help tools call", "tools call --help"],
    ["help evaluate-trajs", "evaluate --help"],
  ])("`tau2 %s` is `tau2 %s`", async (words, option) => {
    expect(await line(words)).toEqual(await line(option));
  });

  it("of an unknown command is an error", async () => {
    expect(await line("help rnu")).toMatchObject({ code: 2, stderr: expect.stringContaining("'run'") as string });
  });
});

describe("an unknown word", () => {
  it.each([
    ["rnu", "'run'"],
    ["tasks shwo airline 1", "'tasks show'"],
    ["metrics --by-tsk", "'--by-task'"],
    ["run --trials 3", "'--num-trials'"],
    ["run --llm x", "'--user-llm', '--agent-llm'"],
  ])("`tau2 %s` is answered with the nearest one, %s", async (words, near) => {
    expect(await line(words)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(`did you mean ${near}`) as string });
  });

  it.each([
    ["-d airline", "tau2 run -d airline"],
    ["run --html", "tau2 run --help"],
    ["metrics --html", "tau2 metrics --help"],
    ["tools frobnicate", "tau2 tools --help"],
    ["run -x", "tau2 run --help"],
  ])("`tau2 %s` that is not near any is answered with a command to type", async (words, command) => {
    const { code, stderr } = await line(words);
    expect(code).toBe(2);
    expect(stderr).toContain(`\`${command}\``);
    expect(stderr).not.toContain("did you mean");
  });

  it.each(["view", "play", "domain airline", "start", "intro", "review x", "leaderboard", "submit prepare", "worker"])(
    "`tau2 %s` of tau2-bench is answered with the command to use instead",
    async (words) => {
      const { code, stderr } = await line(words);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: tau2-bench's command .*: .*tau2 .*\n$/);
    },
  );
});
