import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startModelServer, type ModelServer, type ModelServerReply, type ModelServerRequest } from "@tau2/user-sim/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { spawnable } from "./spawnable.ts";
import { emptyFolder, tau2 } from "./tau2.ts";

const library = fileURLToPath(new URL("./fixtures/library.ts", import.meta.url));

/** Every secret of this test. Each goes to the endpoint, to the server, or is in a file of another program. */
const secrets = {
  OPENAI_API_KEY: "sk-of-all-roles-0001",
  AGENT_KEY: 'sk-agent"with/quotes+2',
  POLICY_KEY: "sk-policy-0003",
  TAU2_TOKEN: "token-of-the-server-4",
  header: "gateway-value-0005",
  query: "signature-0006",
  foreign: "key-of-somebody-else-7",
};
const { OPENAI_API_KEY, AGENT_KEY, POLICY_KEY, TAU2_TOKEN } = secrets;

let endpoint: ModelServer;
const cwd = emptyFolder();
/** Everything that the commands printed and the server answered, by command. */
const outputs: [name: string, text: string][] = [];

/** Repeats all that it was sent to authorize the request, as a careless gateway does. */
function reply({ method, path, headers, body }: ModelServerRequest): ModelServerReply {
  if (method === "GET") return { status: 200, body: { data: [] } };
  const echo = `You sent ${headers.authorization} and ${String(headers["x-gateway"])} to ${path}.`;
  const [model, messages] = [body["model"] as string, body["messages"] as { role: string }[]];
  if (model === "bad") return { status: 401, body: { error: { message: `Incorrect API key. ${echo}` } } };
  if (model === "u") return messages.length > 3 ? `${echo} ###STOP###` : echo;
  if (model === "p") {
    const isAnswered = messages.some(({ role }) => role === "assistant");
    return { toolCalls: [{ id: "c1", name: isAnswered ? "done" : "respond_user", arguments: isAnswered ? {} : { text: echo } }] };
  }
  const called = messages.some(({ role }) => role === "tool");
  return called ? echo : { toolCalls: [{ id: "c1", name: "shelve", arguments: { title: echo } }] }; // prose-ok: a library has shelves
}

/** Runs the command as a process of its own. */
function run(words: string, more: readonly string[] = []): Promise<{ code: number; text: string }> {
  const { command, args, env } = spawnable([...words.split(" "), ...more]);
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env: { ...env, OPENAI_API_KEY, AGENT_KEY, POLICY_KEY } }, (error, stdout, stderr) => {
      outputs.push([words, stdout + stderr]);
      resolve({ code: error ? Number(error.code) : 0, text: stdout + stderr });
    });
  });
}

/** Plays one session per model of the user, and stops the server. */
async function serve(model: string): Promise<string> {
  const words = ["serve", "--port", "0", "--domains", "mock", "--state-dir", `sessions-${model}`, "--user-llm", model];
  const { command, args, env } = spawnable([...words, "--base-url", address(), "--user-header", `x-gateway=${secrets.header}`]);
  const child = spawn(command, args, { cwd, env: { ...env, OPENAI_API_KEY, TAU2_TOKEN } });
  let said = "";
  child.stderr.on("data", (chunk) => (said += String(chunk)));
  const [first] = (await once(child.stdout, "data")) as [Buffer];
  const url = first.toString().trim();
  const ask = async (path: string, body?: object) => {
    const answer = await fetch(url + path, {
      method: body ? "POST" : "GET",
      headers: { "content-type": "application/json", authorization: `Bearer ${TAU2_TOKEN}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    said += JSON.stringify([...answer.headers]) + text;
    return { status: answer.status, body: JSON.parse(text) as Record<string, unknown> };
  };
  const created = await ask("/v1/sessions", { task_id: "create_with_title" });
  expect(created.status).toBe(model === "bad" ? 502 : 201);
  if (created.status === 201) {
    const session = `/v1/sessions/${String(created.body["session_id"])}`;
    await ask(`${session}/step`, { action: "Hello, how are you?" });
    await ask(`${session}/snapshot`, {});
    await ask(session);
    await ask("/v1/nowhere");
  }
  child.kill("SIGTERM");
  await once(child, "exit");
  outputs.push([`serve ${model}`, said]);
  return said;
}

const address = () => `${endpoint.baseUrl}?sig=${secrets.query}`;

/** The text of every file below the working directory. */
function readFiles(): [name: string, text: string][] {
  const entries = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), "utf8")]);
}

function findSecrets(texts: readonly [name: string, text: string][], words: readonly string[]): string[] {
  const escape = (word: string) => JSON.stringify(word).slice(1, -1);
  const forms = words.flatMap((word) => [word, escape(word), escape(escape(word)), encodeURIComponent(word)]);
  return texts.flatMap(([name, text]) => forms.filter((form) => text.includes(form)).map((form) => `${name}: ${form}`));
}

// One story: its last test searches through all that the others left.
describe("no secret is left behind", { timeout: 240_000, shuffle: false }, () => {
  beforeAll(async () => {
    endpoint = await startModelServer(reply);
  });
  afterAll(() => endpoint.close());

  it("by a run with models, its cassette, its replay, and a failed run", async () => {
    const models = (agent: string) => ["--agent-llm", agent, "--user-llm", "u", "--base-url", address(), "--max-retries", "0"];
    const own = ["--agent-api-key-env", "AGENT_KEY", "--agent-header", `x-gateway=${secrets.header}`];
    const shared = `run -d ${library} --task-ids one --save-to`;
    expect((await run(`${shared} good --record calls.jsonl`, [...models("a"), ...own])).code).toBe(0);
    expect((await run(`${shared} again --replay calls.jsonl`, models("a"))).code).toBe(0);
    expect((await run(`${shared} bad --record bad-calls.jsonl --verbose-logs`, [...models("bad"), ...own])).code).not.toBe(0);
    const failed = await run(`${shared} bad2`, [...models("bad"), ...own]);
    expect(failed.text).toContain("[redacted]");
    expect(
      findSecrets(
        endpoint.requests.map(({ path, headers }) => [path, JSON.stringify(headers) + path]),
        Object.values(secrets),
      ).length,
    ).toBeGreaterThan(3);
  });

  it("by rollouts and their exports", async () => {
    const shared = "rollout --env_config tau2bench/smoke --num_train_tasks 1 --without_judge not_graded --policy_api_key_env POLICY_KEY";
    const models = (policy: string) => ["--model_name", policy, "--user_llm", "u", "--base_url", address(), "--user_base_url", address()];
    const header = ["--policy_header", `x-gateway=${secrets.header}`];
    expect((await run(`${shared} --run_name good`, [...models("p"), ...header])).code).toBe(0);
    await run(`${shared} --run_name bad`, [...models("bad"), ...header]);
    for (const form of ["sft --min_reward 0", "verifiers --with_trajectory", "results"]) {
      expect((await run(`export logs/good --allow_test_split --to ${form}`)).code).toBe(0);
    }
  });

  it("by a server, its answers and its sessions", async () => {
    expect(await serve("u")).toContain("[redacted]");
    expect(await serve("bad")).toContain("[redacted]");
  });

  it("by results of another program that are read, compared, graded again and converted", async () => {
    const file = join(cwd, "data/simulations/good/results.json");
    const foreign = JSON.parse(readFileSync(file, "utf8"));
    foreign.info.agent_info.llm_args = {
      api_key: secrets.foreign,
      extra_headers: { a: secrets.foreign },
      base_url: `http://h/?k=${secrets.foreign}`,
    };
    const folder = emptyFolder();
    const [one, two] = [join(folder, "one.json"), join(folder, "two.json")];
    writeFileSync(one, JSON.stringify(foreign));
    writeFileSync(two, JSON.stringify({ ...foreign, info: { ...foreign.info, max_steps: 7 } }));
    for (const words of [
      `compare ${one} ${file}`,
      `compare ${one} ${two} --json`,
      `metrics ${one} --json`,
      `replay ${one} --domain ${library}`,
    ]) {
      await run(words);
    }
    const { text } = await run(`evaluate ${one} --domain ${library} -o graded`);
    expect(text).toContain("graded/updated_one.json was written without the secrets in agent_info.llm_args.api_key");
    expect((await run(`convert ${two} --no-backup`)).text).toContain("without the secrets in");
    outputs.push([two, readFileSync(two, "utf8")]);
  });

  it("as a search through every file, every output and every answer shows", () => {
    const files = readFiles();
    const names = files.map(([name]) => name.slice(cwd.length + 1));
    for (const part of [
      "results.json",
      "run.json",
      "run.jsonl",
      "calls.jsonl",
      "rollouts.jsonl",
      "config.json",
      "sft.jsonl",
      "metadata.json",
      ".session.json",
    ]) {
      expect(
        names.filter((name) => name.endsWith(part)),
        part,
      ).not.toEqual([]);
    }
    expect(findSecrets([...files, ...outputs], Object.values(secrets))).toEqual([]);
    for (const part of ["calls.jsonl", "run.jsonl", "rollouts.jsonl", ".session.json"]) {
      expect(
        files.some(([name, text]) => name.endsWith(part) && text.includes("[redacted]")),
        part,
      ).toBe(true);
    }
  });

  it.skipIf(process.platform === "win32")("and only the user can read the files", () => {
    const open = readFiles()
      .map(([name]) => name)
      .filter((name) => (statSync(name).mode & 0o077) !== 0);
    expect(open).toEqual([]);
  });
});

it("a variable of the environment that is named like a secret does not come out of any command", async () => {
  const env = { GITHUB_TOKEN: "gh-abc-123", PWD: cwd, GOOGLE_APPLICATION_CREDENTIALS: library };
  const { stderr } = await tau2(["metrics", join(cwd, "gh-abc-123")], { env });
  expect(stderr).toContain(`no results at ${join(cwd, "[redacted]")}`);
});

describe("secrets among the parameters of a model", () => {
  it.each([
    ["run -d mock --agent-llm m --agent-llm-args", { api_key: "k-123456-x" }, "--agent-api-key-env"],
    ["run -d mock --user-llm m --user-llm-args", { extra_body: { token: "k-123456-x" } }, "--user-api-key-env"],
    ["run -d mock --judge-llm m --judge-llm-args", { api_base: "http://k-123456-x/v1" }, "--judge-base-url"],
    ["serve --user-llm m --user-llm-args", { extra_headers: { authorization: "k-123456-x" } }, "--user-header"],
    ["rollout --env_config tau2bench/smoke --policy_args", { base_url: "http://k-123456-x/v1" }, "--base-url"],
    ["rollout --env_config tau2bench/smoke --policy_args", { apiKey: "k-123456-x" }, "--policy-api-key-env"],
  ])("are refused in %s %j, with the right option", async (words, args, option) => {
    const { code, stdout, stderr } = await tau2([...words.split(" "), JSON.stringify(args)]);
    expect(code).toBe(2);
    expect(stderr).toContain(option);
    expect(stdout + stderr).not.toContain("k-123456-x");
  });

  it("are refused in a configuration file, with the line", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "run.yaml"), "domain: mock\nagent_llm_args:\n  api_key: k-123456-x\n");
    const { code, stderr } = await tau2(["run", "--config", "run.yaml"], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/run\.yaml:2: agent_llm_args must not contain 'api_key'/);
    expect(stderr).not.toContain("k-123456-x");
  });

  it("are not repeated when the JSON around them is broken", async () => {
    const { code, stderr } = await tau2(["run", "-d", "mock", "--agent-llm-args", '{"api_key": "k-123456-x"']);
    expect(code).toBe(2);
    expect(stderr).toContain("--agent-llm-args must be a JSON object");
    expect(stderr).not.toContain("k-123456-x");
  });
});

it("an address with a user is refused without being shown, and the query of a stored address must be given again", async () => {
  const models = ["--agent-llm", "a", "--user", "scripted", "--save-to", "m"];
  const withUser = await tau2(["run", "-d", library, ...models, "--base-url", "http://me:pw-123456@127.0.0.1:9/v1"]);
  expect(withUser).toMatchObject({ code: 2, stderr: expect.stringContaining("--agent-header") as string });
  expect(withUser.stderr).not.toContain("pw-123456");
  await using models1 = await startModelServer(reply);
  const folder = emptyFolder();
  const run1 = ["run", "-d", library, "--task-ids", "one", ...models];
  await tau2([...run1, "--base-url", `${models1.baseUrl}?sig=signature-0006`], { cwd: folder });
  const resumed = await tau2(["run", "--save-to", "m", "--resume"], { cwd: folder });
  expect(resumed).toMatchObject({ code: 2, stderr: expect.stringContaining("give it again") as string });
  const given = await tau2(["run", "--save-to", "m", "--resume", "--base-url", `${models1.baseUrl}?sig=signature-0006`], { cwd: folder });
  expect(given.code).toBe(0);
});
