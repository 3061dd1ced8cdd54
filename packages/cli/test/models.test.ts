import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readResults } from "@tau2/orchestrator/results";
import { startModelServer, type ModelServer, type ModelServerReply, type ModelServerRequest } from "@tau2/user-sim/testing";
import { afterEach, describe, expect, it } from "vitest";
import { emptyFolder, tau2 } from "./tau2.ts";

const library = fileURLToPath(new URL("./fixtures/library.ts", import.meta.url));
let server: ModelServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** An endpoint with three models: `a` serves the customer, `u` is the customer, `j` judges. */
async function endpoint(more: (request: ModelServerRequest) => ModelServerReply | null = () => null): Promise<string> {
  server = await startModelServer(
    (request) => more(request) ?? (request.method === "GET" ? { status: 200, body: { data: [] } } : reply(request.body)),
  );
  return server.baseUrl;
}

function reply(body: ModelServerRequest["body"]): ModelServerReply {
  const messages = body["messages"] as { role: string }[];
  if (body["model"] === "j") {
    return JSON.stringify({ results: [{ expectedOutcome: "The agent greets the user.", reasoning: "It does.", metExpectation: true }] });
  }
  if (body["model"] === "u") return messages.length > 3 ? "Thanks. ###STOP###" : "One more Walden, please.";
  const called = messages.some(({ role }) => role === "tool");
  return called ? "It is on the shelf." : { toolCalls: [{ id: "c1", name: "shelve", arguments: { title: "Walden" } }] }; // prose-ok: a library has shelves
}

const asked = (model: string) => server!.requests.filter(({ body }) => body["model"] === model);

describe("a run with models", () => {
  it("asks each role's own model with its own key and parameters", async () => {
    const url = await endpoint();
    const cwd = emptyFolder();
    const words = [
      "--agent-llm",
      "a",
      "--user-llm",
      "u",
      "--base-url",
      url,
      "--agent-api-key-env",
      "A_KEY",
      "--agent-llm-args",
      '{"top_p":0.5}',
      "--seed",
      "42",
    ];
    const { code, stdout } = await tau2(["run", "-d", library, "--task-ids", "one", "--save-to", "m", ...words], {
      cwd,
      env: { A_KEY: "secret-a", OPENAI_API_KEY: "secret" },
    });
    expect(stdout).toContain("average reward  1.0000");
    expect(code).toBe(0);
    expect(asked("a")[0]).toMatchObject({ headers: { authorization: "Bearer secret-a" }, body: { top_p: 0.5, seed: 670_487 } });
    expect(asked("a")[0]!.body).not.toHaveProperty("temperature");
    expect(asked("u")[0]).toMatchObject({ headers: { authorization: "Bearer secret" }, body: { temperature: 0 } });
    expect(readResults(join(cwd, "data/simulations/m/results.json")).info).toMatchObject({
      agent_info: { implementation: "llm_agent", llm: "a", llm_args: { top_p: 0.5 } },
      user_info: { implementation: "user_simulator", llm: "u", llm_args: { temperature: 0 } },
    });
  });

  it("the judge is called if a task needs one", async () => {
    const url = await endpoint();
    const { stdout } = await tau2([
      "run",
      "-d",
      library,
      "--task-ids",
      "judged",
      "--agent-llm",
      "a",
      "--user-llm",
      "u",
      "--judge-llm",
      "j",
      "--base-url",
      url,
      "--json",
    ]);
    expect(asked("j")).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ simulations: [{ components: { NL_ASSERTION: "met" } }] });
  });

  it("--judge-llm none leaves the judged part out", async () => {
    const url = await endpoint();
    const { stdout } = await tau2([
      "run",
      "-d",
      library,
      "--task-ids",
      "judged",
      "--agent-llm",
      "a",
      "--user-llm",
      "u",
      "--judge-llm",
      "none",
      "--base-url",
      url,
      "--json",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ simulations: [{ components: { NL_ASSERTION: "not_graded" } }] });
  });

  it("the gold agent may talk to a model that plays the user", async () => {
    const url = await endpoint();
    const { stdout } = await tau2([
      "run",
      "-d",
      library,
      "--task-ids",
      "one",
      "--agent",
      "gold",
      "--user-llm",
      "u",
      "--user-base-url",
      url,
      "--json",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      agent: { implementation: "gold" },
      user: { implementation: "user_simulator", llm: "u" },
      metrics: { avg_reward: 1 },
    });
  });

  it("prompts can be replaced by files", async () => {
    const url = await endpoint();
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "a.md"), "Shelve quickly.");
    writeFileSync(join(cwd, "u.md"), "Be brief.");
    await tau2(
      [
        "run",
        "-d",
        library,
        "--task-ids",
        "one",
        "--agent-llm",
        "a",
        "--user-llm",
        "u",
        "--base-url",
        url,
        "--agent-prompt",
        "a.md",
        "--user-guidelines",
        "u.md",
      ],
      { cwd },
    );
    const system = (model: string) => (asked(model)[0]!.body["messages"] as { content: string }[])[0]!.content;
    expect(system("a")).toContain("<instructions>\nShelve quickly.\n</instructions>");
    expect(system("u")).toMatch(/^Be brief\./);
  });
});

describe("an agent behind an HTTP address", () => {
  it("gets its own requests, and never another role's key", async () => {
    const url = await endpoint(({ method, body }) => (method === "GET" ? { status: 404 } : reply({ ...body, model: "a" })));
    const { stdout } = await tau2(["run", "-d", library, "--task-ids", "one", "--agent", url, "--user", "scripted", "--json"], {
      env: { OPENAI_API_KEY: "secret" },
    });
    expect(JSON.parse(stdout)).toMatchObject({ agent: { implementation: "http_agent" }, metrics: { avg_reward: 1 } });
    expect(JSON.stringify(server!.requests.map(({ headers }) => headers))).not.toContain("secret");
  });
});

describe("before the first turn", () => {
  const run = (words: string[], env: Record<string, string> = {}, cwd = emptyFolder()) =>
    tau2(["run", "-d", library, "--task-ids", "one", ...words], { env, cwd });

  it("a model without a key is an error: gold never replaces it", async () => {
    for (const words of [
      ["--agent-llm", "gpt-4.1"],
      ["--agent", "llm_agent"],
      ["--user-llm", "x", "--agent", "gold"],
      ["--agent-llm-args", '{"temperature":1}'],
    ]) {
      const { code, stderr, stdout } = await run(words);
      expect({ words, code, stdout }).toEqual({ words, code: 2, stdout: "" });
      expect(stderr).toMatch(/no key for the (agent|user)'s model .*: set the environment variable OPENAI_API_KEY/);
    }
  });

  it("a variable that is to hold the key and is not set is named", async () => {
    const { stderr } = await run(["--agent-llm", "a", "--user", "scripted", "--api-key-env", "MY_KEY"], { OPENAI_API_KEY: "other" });
    expect(stderr).toContain("no key for the agent's model a: the environment variable MY_KEY is not set");
  });

  it("your own endpoint does not have a default model", async () => {
    expect((await run(["--base-url", "http://127.0.0.1:8000/v1"])).stderr).toContain(
      "name the agent's model with --agent-llm: its endpoint is http://127.0.0.1:8000/v1",
    );
    expect((await run(["--agent-llm", "a"], { OPENAI_BASE_URL: "http://127.0.0.1:8000/v1" })).stderr).toContain(
      "name the user's model with --user-llm",
    );
  });

  it("an unreachable address is an error, and nothing is written", async () => {
    const url = await endpoint();
    await server!.close();
    server = undefined;
    const cwd = emptyFolder();
    const { code, stderr } = await run(["--agent-llm", "a", "--user", "scripted", "--base-url", url, "--save-to", "x"], {}, cwd);
    expect(code).toBe(2);
    expect(stderr).toContain(`the agent (a) cannot be asked: no answer from ${url}`);
    expect(existsSync(join(cwd, "data"))).toBe(false);
  });

  it("a key that is refused is an error", async () => {
    const url = await endpoint(() => ({ status: 401, body: { error: { message: "no" } } }));
    const words = ["--agent-llm", "a", "--user", "scripted", "--base-url", url];
    expect((await run(words, { OPENAI_API_KEY: "bad" })).stderr).toContain(`${url} refuses the key (401)`);
    expect((await run(words)).stderr).toContain(`${url} wants a key, and none is set (401)`);
  });

  it("unused options are an error on the command line, and wait in a file", async () => {
    expect((await run(["--agent", "gold", "--agent-llm", "a"])).stderr).toContain("--agent-llm has no effect with --agent gold");
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "c.yaml"), "agent_llm: a\nuser: scripted\n");
    expect((await run(["--config", "c.yaml", "--agent", "gold"], {}, cwd)).code).toBe(0);
  });

  it("unknown roles are answered with the nearest name", async () => {
    expect((await run(["--agent", "goold"])).stderr).toContain("no agent 'goold'; did you mean 'gold'?");
    expect((await run(["--user", "scriptd"])).stderr).toContain("no user 'scriptd'; did you mean 'scripted'?");
  });

  it("roles that do not go together are an error", async () => {
    expect((await run(["--agent", "llm_agent_solo", "--user", "scripted"], { OPENAI_API_KEY: "k" })).stderr).toContain(
      "--agent llm_agent_solo works alone",
    );
    expect((await run(["--agent", "llm_agent", "--user", "dummy_user"], { OPENAI_API_KEY: "k" })).stderr).toContain(
      "--user dummy_user does not speak",
    );
  });
});

describe("Ctrl-C", () => {
  it("stores finished work and ends with 130", async () => {
    let served = 0;
    const url = await endpoint(({ body }) => {
      if (body["model"] !== "a" || ++served <= 2) return null;
      handlers.forEach((handler) => handler());
      return { fault: "hang" };
    });
    const handlers = new Set<() => void>();
    const cwd = emptyFolder();
    const words = [
      "--agent-llm",
      "a",
      "--user",
      "scripted",
      "--base-url",
      url,
      "--num-trials",
      "3",
      "--max-concurrency",
      "1",
      "--save-to",
      "cut",
    ];
    const { code, stdout, stderr } = await tau2(["run", "-d", library, "--task-ids", "one", ...words], {
      cwd,
      onInterrupt(handler) {
        handlers.add(handler);
        return () => void handlers.delete(handler);
      },
    });
    expect(code).toBe(130);
    expect(stderr).toContain("Stopping. Finished work is stored");
    expect(stdout).toContain("3 planned, 1 graded, 2 excluded (2 not played)");
    expect(readResults(join(cwd, "data/simulations/cut/results.json")).simulations).toHaveLength(1);
    expect(handlers.size).toBe(0);
  });
});
