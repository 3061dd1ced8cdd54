import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { emptyFolder, line } from "./tau2.ts";

const example = fileURLToPath(new URL("../../../examples/own-agent/agent.ts", import.meta.url));
const patient = `({ task }) => ({ implementation: "patient", model: "thinker", respond: () => ({ role: "assistant", content: task.id, tool_calls: null }) })`;

function folderWith(name: string, text: string): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, name), text);
  return cwd;
}

describe("--agent with a module", () => {
  it("plays the agent that a TypeScript module exports", async () => {
    const { code, stdout } = await line(`run airline --agent ${example} --user scripted --num-tasks 2 --json`);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      coverage: { graded: 2 },
      agent: { implementation: "lookup_agent", llm: null },
      user: { implementation: "scripted" },
    });
  });

  it("records the names that the agent gives itself, for each task's own agent", async () => {
    const cwd = folderWith("agent.mjs", `export default ${patient};\nexport const helper = () => 1;\n`);
    const { stdout } = await line("run mock --agent ./agent.mjs --user scripted --num-tasks 2 --save-to r --json", { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ agent: { implementation: "patient", llm: "thinker" } });
    const conversation = (await line("replay r --task-id create_with_description", { cwd })).stdout;
    expect(conversation).toContain("agent   create_with_description");
  });

  it("resumes the run with the module", async () => {
    const cwd = folderWith("agent.mjs", `export const agent = ${patient};\n`);
    await line("run mock --agent ./agent.mjs --user scripted --num-tasks 1 --save-to r", { cwd });
    const { code, stdout } = await line("run --resume --save-to r --num-tasks 2 --json", { cwd });
    expect({ code, run: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 0,
      run: { coverage: { graded: 2 }, agent: { implementation: "patient" } },
    });
  });

  it("does not replace the user's model by a script", async () => {
    const { code, stderr } = await line(`run mock --agent ${example}`);
    expect(code).toBe(2);
    expect(stderr).toContain("--user scripted");
  });

  it.each([
    ["export const agent = 1;", "does not export an agent factory"],
    [`export const agent = ${patient}; export const other = () => 1;`, "(agent, other)"],
    ["export default () => 1;", "returned number, not an agent"],
    [`export default async () => 1;`, "returned a promise, not an agent"],
    [`export default () => { throw new Error("no weights"); };`, "no weights"],
    [`throw new Error("no luck");`, "cannot be loaded: no luck"],
  ])("refuses %s before anything is stored: %s", async (text, reason) => {
    const cwd = folderWith("agent.mjs", `${text}\n`);
    const { code, stdout, stderr } = await line("run mock --agent ./agent.mjs --user scripted --save-to r", { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(reason);
    expect((await line("metrics r", { cwd })).stderr).toContain("no results");
  });

  it.each([
    ["--agent ./nowhere.ts", "nowhere.ts does not exist"],
    [`--agent ${example} --agent-llm gpt-4.1`, "--agent-llm has no effect"],
    ["--agent nowhere", "a module (.ts, .js, .mjs)"],
  ])("refuses %s: %s", async (options, reason) => {
    const { code, stderr } = await line(`run mock ${options} --user scripted`);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });
});

describe("--user with a module", () => {
  const leaving = `() => ({ implementation: "leaving", model: null, respond: () => ({ role: "user", content: "###STOP###", tool_calls: null }) })`;

  it("plays the user that it exports", async () => {
    const cwd = folderWith("user.mjs", `export const user = ${leaving};\n`);
    const { code, stdout } = await line("run mock --agent noop --user ./user.mjs --num-tasks 1 --json", { cwd });
    expect({ code, run: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 0,
      run: { user: { implementation: "leaving" }, simulations: [{ termination_reason: "user_stop" }] },
    });
  });

  it("refuses a module without one", async () => {
    const cwd = folderWith("user.mjs", "export const user = {};\n");
    expect((await line("run mock --agent noop --user ./user.mjs", { cwd })).stderr).toContain("does not export a user factory");
  });
});
