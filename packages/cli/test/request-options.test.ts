import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startModelServer, type ModelServer, type ModelServerReply } from "@tau2/user-sim/testing";
import { afterEach, describe, expect, it } from "vitest";
import { emptyFolder, tau2 } from "./tau2.ts";

const library = fileURLToPath(new URL("./fixtures/library.ts", import.meta.url));
let server: ModelServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

const message = (fields: object): ModelServerReply => ({ status: 200, body: { choices: [{ message: fields, finish_reason: "stop" }] } });
const shelve = { id: "", type: "function", function: { name: "shelve", arguments: '{"title": "Walden"}' } }; // prose-ok: a library has shelves

/** An endpoint whose agent `a` puts a book in its place after some thought, and whose user `u` asks for it. */
async function endpoint(agent?: ModelServerReply): Promise<ModelServer> {
  server = await startModelServer(({ method, body }) => {
    if (method === "GET") return { status: 200, body: { data: [] } };
    const messages = body["messages"] as { role: string }[];
    if (body["model"] === "u") return messages.length > 3 ? "Thanks. ###STOP###" : "One more Walden, please.";
    if (agent) return agent;
    const called = messages.some(({ role }) => role === "tool");
    return called
      ? "It is in its place."
      : message({ role: "assistant", content: null, reasoning_content: "A book.", tool_calls: [shelve] }); // prose-ok: a library has shelves
  });
  return server;
}

const models = ["--agent-llm", "a", "--user-llm", "u", "--max-retries", "0"];
const run = (words: readonly string[], env: Record<string, string> = {}, cwd = emptyFolder()) =>
  tau2(["run", "-d", library, "--task-ids", "one", "--save-to", "m", ...models, ...words], { cwd, env });
const asked = (model: string) => server!.requests.filter(({ body }) => body["model"] === model);

function readAll(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")).join("\n");
}

describe("headers of a role", () => {
  it("go to its endpoint alone, and are neither stored nor printed", async () => {
    const { baseUrl } = await endpoint();
    const cwd = emptyFolder();
    const headers = ["--agent-header", "api-key=k,1=2", "--agent-header", "x-team=blue", "--user-header", "x-team=red"];
    const { code, stdout, stderr } = await run(["--base-url", `${baseUrl}?api-version=7`, ...headers], {}, cwd);
    expect(code).toBe(0);
    expect(asked("a")[0]).toMatchObject({ path: "/v1/chat/completions?api-version=7", headers: { "api-key": "k,1=2", "x-team": "blue" } });
    expect(asked("u")[0]!.headers).toMatchObject({ "x-team": "red" });
    expect(asked("u")[0]!.headers).not.toHaveProperty("api-key");
    expect(server!.requests[0]).toMatchObject({ method: "GET", path: "/v1/models?api-version=7" });
    expect(stdout + stderr + readAll(cwd)).not.toContain("k,1=2");
  });

  it("are refused without their text when they are not NAME=VALUE", async () => {
    const { code, stderr } = await run(["--base-url", "http://127.0.0.1:9/v1", "--agent-header", "sk-secret"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--agent-header must be NAME=VALUE");
    expect(stderr).not.toContain("sk-secret");
  });
});

it("OPENAI_API_BASE is read like OPENAI_BASE_URL", async () => {
  const { baseUrl } = await endpoint();
  expect((await run([], { OPENAI_API_BASE: baseUrl })).code).toBe(0);
});

it.each([
  ["none", undefined],
  ["all", "A book."],
])("--agent-reasoning %s sends earlier reasoning back accordingly", async (policy, sent) => {
  const { baseUrl } = await endpoint();
  expect((await run(["--base-url", baseUrl, "--agent-reasoning", policy])).code).toBe(0);
  const called = (asked("a").at(-1)!.body["messages"] as Record<string, unknown>[]).find(({ tool_calls }) => tool_calls)!;
  expect(called["reasoning_content"]).toBe(sent);
  expect(called).toMatchObject({ tool_calls: [{ id: "call_1" }] });
});

it("--first-message adds a user message before the greeting, for the agent's model alone, and not to the record", async () => {
  const { baseUrl } = await endpoint();
  const cwd = emptyFolder();
  expect((await run(["--base-url", baseUrl, "--first-message", "(the chat begins)"], {}, cwd)).code).toBe(0);
  expect(asked("a")[0]!.body["messages"]).toMatchObject([
    { role: "system" },
    { role: "user", content: "(the chat begins)" },
    { role: "assistant" },
    {},
  ]);
  expect(JSON.stringify(asked("u"))).not.toContain("the chat begins");
});

it("a refused temperature names the option that leaves it out", async () => {
  const refusal = { status: 400, body: { error: { message: "'temperature' does not support 0 with this model" } } };
  const { baseUrl } = await endpoint(refusal);
  const { stdout, stderr } = await run(["--base-url", baseUrl]);
  expect((stdout + stderr).replaceAll(/\s+/g, " ")).toContain("--agent-llm-args '{}'");
});

it("a model of OpenAI with LiteLLM's prefix gets a hint before any request", async () => {
  const words = ["run", "-d", library, "--agent-llm", "openai/gpt-4.1", "--user", "scripted"];
  const { code, stderr } = await tau2(words, { cwd: emptyFolder(), env: { OPENAI_API_KEY: "k" } });
  expect(code).toBe(2);
  expect(stderr).toContain("write 'gpt-4.1'");
});
