import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { loadEnvironment } from "@tau2/domains/data";
import { mock } from "@tau2/domains/mock";
import { describe, expect, it } from "vitest";
import { runCli } from "../src/run-cli.ts";
import { spawnable } from "./spawnable.ts";
import { emptyFolder, line } from "./tau2.ts";

const createTask = { name: "create_task", arguments: { user_id: "user_1", title: "Milk" } };
const newClient = () => new Client({ name: "test", version: "1.0.0" });

describe("tau2 mcp", () => {
  it("serves a client that starts it, and ends when the client goes", async () => {
    const { command, args, env } = spawnable(["mcp", "--domain", "mock"]);
    const transport = new StdioClientTransport({ command, args, env, cwd: emptyFolder() });
    const client = newClient();
    await client.connect(transport);
    expect(client.getServerVersion()?.name).toBe("tau2-mock");
    const here = loadEnvironment(mock, { dataDir: null });
    expect(await client.callTool(createTask)).toMatchObject({
      isError: false,
      content: [{ type: "text", text: here.call("create_task", createTask.arguments).content }],
    });
    const { pid } = transport;
    await client.close();
    expect(() => process.kill(pid!, 0)).toThrow(/ESRCH/);
  });

  it("--http serves clients that connect, each with a database of its own, until it is interrupted", async () => {
    const { code, url, interrupt } = await served("--http");
    const answers: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      const client = newClient();
      await client.connect(new StreamableHTTPClientTransport(new URL(url)));
      answers.push((await client.callTool(createTask)).content);
      await client.close();
    }
    expect(answers[1]).toEqual(answers[0]);
    interrupt();
    expect(await code).toBe(0);
    await expect(fetch(url)).rejects.toThrow(/fetch failed/);
  });

  it("--as user offers the user's tools, --solo both sides'", async () => {
    const names = async (...words: string[]) => (await asked(words, (client) => client.listTools())).tools.map(({ name }) => name);
    expect(await names("--as", "user")).toEqual(["check_notifications", "dismiss_notification"]);
    expect(await names("--solo")).toEqual([...mock.agent.tools, ...mock.user!.tools].map(({ name }) => name));
  });

  it("--task begins where the task does", async () => {
    const env = loadEnvironment(mock, { dataDir: null });
    const look = () => env.call("check_notifications", {}, "user").content;
    const untouched = look();
    const task = env.config.data.tasks().find(({ initial_state }) => {
      env.reset(initial_state ?? {});
      return look() !== untouched;
    });
    const answer = await asked(["--as", "user", "--task", task!.id], (client) => client.callTool({ name: "check_notifications" }));
    expect(answer).toMatchObject({ content: [{ type: "text", text: look() }] });
  });

  it.each([
    ["mcp", "which domain? --domain airline | mock"],
    ["mcp mokc", "did you mean 'mock'?"],
    ["mcp -d mock --task nothing", "no task 'nothing' in domain mock"],
    ["mcp -d mock --as nobody", '--as must be one of assistant, user, not "nobody"'], // prose-ok: an unknown name
    ["mcp -d airline --solo", "Airline domain does not support solo mode"],
    ["mcp -d mock --port 99999", "cannot listen on port 99999"],
  ])("%s: %s", async (words, reason) => {
    const { code, stdout, stderr } = await line(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(reason);
  });
});

/** The command at work in this process. */
async function served(...words: string[]): Promise<{ code: Promise<number>; url: string; interrupt: () => void }> {
  let interrupt = () => {};
  let code: Promise<number> | undefined;
  const url = await new Promise<string>((resolve, reject) => {
    code = runCli(["mcp", "--domain", "mock", ...words], {
      stdout: { write: (text) => reject(new Error(`on standard output: ${text}`)) },
      stderr: { write: (text) => (/http\S+(?=;)/.test(text) ? resolve(/http\S+(?=;)/.exec(text)![0]) : reject(new Error(text))) },
      env: {},
      cwd: emptyFolder(),
      onInterrupt(handler) {
        interrupt = handler;
        return () => {};
      },
    });
  });
  return { code: code!, url, interrupt: () => interrupt() };
}

/** Returns the instructions for a client of the command. */
async function asked<T>(words: string[], ask: (client: Client) => Promise<T>): Promise<T> {
  const { code, url, interrupt } = await served("--port", "0", ...words);
  const client = newClient();
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  const answer = await ask(client);
  await client.close();
  interrupt();
  await code;
  return answer;
}
