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

it("the version is that of the package", async () => {
  expect((await line("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it("an unknown command is answered with the nearest one", async () => {
  expect(await line("rnu")).toEqual({ code: 2, stdout: "", stderr: "error: no command 'rnu'; did you mean 'run'?\n" });
  expect((await line("tasks shwo airline 1")).stderr).toContain("did you mean 'show'?");
});
