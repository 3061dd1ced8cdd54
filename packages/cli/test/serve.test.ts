import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { startModelServer } from "@tau2/user-sim/testing";
import { describe, expect, it } from "vitest";
import { runCli } from "../src/run-cli.ts";
import { spawnable } from "./spawnable.ts";
import { emptyFolder, line } from "./tau2.ts";

/** The command at work in this process. */
async function served(words: string[], { cwd = emptyFolder(), env = {} }: { cwd?: string; env?: Record<string, string> } = {}) {
  const said: string[] = [];
  let interrupt = () => {};
  let code: Promise<number> | undefined;
  const url = await new Promise<string>((resolve, reject) => {
    code = runCli(["serve", "--port", "0", ...words], {
      stdout: { write: (text) => resolve(text.trim()) },
      stderr: { write: (text) => void said.push(text) },
      env,
      cwd,
      onInterrupt(handler) {
        interrupt = handler;
        return () => {};
      },
    });
    void code.then((ended) => reject(new Error(`ended with ${ended}: ${said.join("")}`)));
  });
  return { url, said, code: code!, interrupt: () => interrupt() };
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe("tau2 serve", () => {
  it("serves episodes without a key until it is interrupted", async () => {
    const { url, said, code, interrupt } = await served(["--domains", "mock"]);
    const created = await post(`${url}/v1/sessions`, { task_id: "create_with_title" });
    expect(created).toMatchObject({ status: 201, body: { domain: "mock", counterpart: "scripted" } });
    const step = { action: "create_task(user_id='user_4', title='Prepare the fire drill')" };
    const session = `${url}/v1/sessions/${String(created.body["session_id"])}`;
    expect((await post(`${session}/step`, step)).body).toMatchObject({ reward: 0, done: false });
    expect((await post(`${session}/step`, { action: "done()" })).body).toMatchObject({ reward: 1, done: true });
    interrupt();
    expect(await code).toBe(0);
    expect(said.join("")).toContain("serving mock at http://127.0.0.1:");
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it("has all domains of its own unless some are named, also one from a module", async () => {
    const all = await served([]);
    const names = ((await (await fetch(`${all.url}/v1/domains`)).json()) as { domains: { name: string }[] }).domains.map(
      ({ name }) => name,
    );
    expect(names).toEqual(expect.arrayContaining(["airline", "mock", "retail", "telecom"]));
    all.interrupt();
    const own = await served(["--domains", "mock", "--domains", new URL("fixtures/library.ts", import.meta.url).pathname]);
    expect(own.said.join("")).toMatch(/serving mock, library at/);
    own.interrupt();
    await Promise.all([all.code, own.code]);
  });

  it("plays the user, the agent and the judge with the models that are named", async () => {
    await using models = await startModelServer(({ path }) =>
      path.endsWith("/models") ? { status: 200, body: { data: [] } } : "I would like a to-do.",
    );
    const names = ["--user-llm", "u", "--user-llm-args", '{"top_p":0.5}', "--agent-llm", "a", "--judge-llm", "j"];
    const { url, interrupt, code } = await served(["--domains", "mock", "--base-url", models.baseUrl, ...names]);
    const domains = await (await fetch(`${url}/v1/domains`)).json();
    expect(domains).toMatchObject({ users: ["scripted", "user_simulator"], agents: ["gold", "llm_agent"], judge: true });
    const agent = await post(`${url}/v1/sessions`, { task_id: "create_with_title", seed: 5 });
    expect(agent.body).toMatchObject({ counterpart: "user_simulator", observation: { text: "user: I would like a to-do." } });
    expect(models.requests.at(-1)!.body).toMatchObject({ model: "u", top_p: 0.5, seed: 5 });
    const user = await post(`${url}/v1/sessions`, { task_id: "create_with_title", mode: "user" });
    await post(`${url}/v1/sessions/${String(user.body["session_id"])}/step`, { action: "Hello." });
    expect(models.requests.at(-1)!.body).toMatchObject({ model: "a", temperature: 0 });
    interrupt();
    expect(await code).toBe(0);
  });

  it("keeps sessions in a folder over a restart", async () => {
    const cwd = emptyFolder();
    const words = ["--domains", "mock", "--state-dir", "sessions"];
    const first = await served(words, { cwd });
    const { body } = await post(`${first.url}/v1/sessions`, { task_id: "create_with_title" });
    first.interrupt();
    await first.code;
    writeFileSync(join(cwd, "sessions", "torn.session.json"), "{");
    const second = await served(words, { cwd });
    expect(second.said.join("")).toContain("session torn cannot be brought back: ");
    expect(second.said.join("")).toContain("1 session brought back");
    const again = await fetch(`${second.url}/v1/sessions/${String(body["session_id"])}`);
    expect(again.status).toBe(200);
    second.interrupt();
    await second.code;
  });

  it("takes its token from the command line or from the environment", async () => {
    for (const [words, env] of [
      [["--token", "secret"], {}],
      [[], { TAU2_TOKEN: "secret" }],
    ] as const) {
      const { url, interrupt, code } = await served(["--domains", "mock", ...words], { env });
      expect((await post(`${url}/v1/sessions`, {})).status).toBe(401);
      expect((await post(`${url}/v1/sessions`, {}, { authorization: "Bearer secret" })).status).toBe(201);
      interrupt();
      await code;
    }
  });

  it("as a process of its own finishes running requests when it is terminated", async () => {
    let answer = () => {};
    await using models = await startModelServer(async ({ path }) => {
      if (path.endsWith("/models")) return { status: 200, body: { data: [] } };
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return "I would like a to-do.";
    });
    const { command, args, env } = spawnable([
      "serve",
      "--port",
      "0",
      "--domains",
      "mock",
      "--user-llm",
      "u",
      "--base-url",
      models.baseUrl,
    ]);
    const child = spawn(command, args, { env, cwd: emptyFolder() });
    const exited = once(child, "exit");
    const [url] = (await once(child.stdout, "data")) as [Buffer];
    const session = post(`${url.toString().trim()}/v1/sessions`, { task_id: "create_with_title" });
    while (!models.requests.some(({ path }) => path.endsWith("/completions"))) await fetch(`${url.toString().trim()}/health`);
    child.kill("SIGTERM");
    await once(child.stderr, "data");
    answer();
    expect((await session).status).toBe(201);
    expect((await exited)[0]).toBe(0);
  });

  it.each([
    ["serve --host 0.0.0.0", "give the server a token"],
    ["serve --domains mokc", "did you mean 'mock'?"],
    ["serve --port none", "port"],
    ["serve --max-sessions 0", "--max-sessions must be a whole number of at least 1"],
    ["serve --user nobody", "--user must be one of scripted, user_simulator"], // prose-ok: an unknown name
    ["serve --user-llm m", "no key for the user's model m"],
    ["serve --user scripted --user-llm m", "--user scripted does not use a model"],
    ["serve --user-llm m --base-url http://127.0.0.1:9/v1", "the user (m) cannot be asked: no answer from http://127.0.0.1:9/v1"],
    ["serve --domains mock --port 99999", "cannot listen on 127.0.0.1 port 99999"],
  ])("%s: %s", async (words, reason) => {
    const { code, stdout, stderr } = await line(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(reason);
  });

  it("reports a port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    expect(await line(`serve --domains mock --port ${port}`)).toMatchObject({ code: 2, stderr: expect.stringContaining("EADDRINUSE") });
    other.close();
  });
});
