import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readResults } from "@tau2/orchestrator/results";
import { startModelServer, type ModelServerReply, type ModelServerRequest } from "@tau2/user-sim/testing";
import { describe, expect, it } from "vitest";
import { emptyFolder, tau2 } from "./tau2.ts";

const library = fileURLToPath(new URL("./fixtures/library.ts", import.meta.url));
const refused = (status: number, message: string): ModelServerReply => ({ status, body: { error: { message } } });

function good({ body }: ModelServerRequest): ModelServerReply {
  const messages = body["messages"] as { role: string }[];
  return messages.some(({ role }) => role === "tool")
    ? "It is on the shelf." // prose-ok: a library has shelves
    : { toolCalls: [{ id: "c1", name: "shelve", arguments: { title: "Walden" } }] };
}

/**
 * A run of four simulations, one at a time, whose endpoint does its work for the first two and then fails for good; and the same run gone
 * on with once the endpoint is well again.
 */
async function runWith(fault: ModelServerReply) {
  let broken = false;
  let served = 0;
  await using server = await startModelServer((request) => {
    if (request.method === "GET") return { status: 200, body: { data: [] } };
    if (broken && ++served > 4) return fault;
    return good(request);
  });
  const cwd = emptyFolder();
  const isSilent = typeof fault === "object" && "fault" in fault && (fault.fault === "hang" || fault.fault === "stall");
  const patience = isSilent ? ["--request-timeout", "3"] : [];
  const limits = ["--max-concurrency", "1", "--max-retries", "0", "--retry-delay", "0", "--max-response-bytes", "4000", ...patience];
  const words = [
    "run",
    "-d",
    library,
    "--task-ids",
    "one",
    "--num-trials",
    "4",
    "--agent-llm",
    "a",
    "--user",
    "scripted",
    "--save-to",
    "x",
  ];
  broken = true;
  const ran = await tau2([...words, ...limits, "--base-url", server.baseUrl], { cwd });
  const path = join(cwd, "data/simulations/x/results.json");
  const { simulations } = readResults(path);
  broken = false;
  const resumed = await tau2(["run", "--resume", "--save-to", "x"], { cwd });
  return { ran, simulations, resumed, after: readResults(path).simulations };
}

/** Error of a run with an endpoint that … */
const faults: [name: string, fault: ModelServerReply, message: string, kind: string][] = [
  ["hangs", { fault: "hang" }, "within 3 seconds; raise --request-timeout", "timeout"],
  ["never ends its answer", { fault: "stall" }, "within 3 seconds; raise --request-timeout", "timeout"],
  [
    "answers with more than the limit",
    { status: 200, body: " ".repeat(5000) },
    "answered with more than 4,000 bytes, and the answer was cut off there. If it is one that you expect, raise --max-response-bytes",
    "agent",
  ],
  ["resets the connection", { fault: "reset" }, "cannot be reached, or hung up", "infrastructure"],
  ["closes in the middle of its answer", { fault: "cut" }, "cannot be reached, or hung up", "infrastructure"],
  [
    "answers 400",
    refused(400, "temperature must be positive"),
    'answered with status 400: "temperature must be positive". Check --agent-llm-args and what the model supports',
    "infrastructure",
  ],
  [
    "answers 401",
    refused(401, "key expired"),
    'answered with status 401: "key expired". No key was sent; set the environment variable OPENAI_API_KEY, or the one that --agent-api-key-env names',
    "infrastructure",
  ],
  [
    "answers 404",
    refused(404, "no model a"),
    `answered with status 404: "no model a". Check the model's name and the base URL`,
    "infrastructure",
  ],
  [
    "answers 429",
    { ...(refused(429, "slow down") as object), headers: { "retry-after": "0" } } as ModelServerReply,
    "(--max-concurrency)",
    "infrastructure",
  ],
  [
    "answers 500",
    { ...(refused(500, "oops") as object), headers: { "retry-after": "0" } } as ModelServerReply,
    "overloaded or broken; try again later",
    "infrastructure",
  ],
  ["answers with a page", { status: 200, body: "<html>Welcome</html>" }, 'not JSON: "<html>Welcome</html>"', "agent"],
  ["answers with nothing", { status: 200, body: "" }, "answered with an empty body", "agent"],
  ["answers with JSON of another form", { status: 200, body: { ok: true } }, "chat completion (choices:", "agent"],
  ["says nothing", { content: "" }, "Got an empty message.", "agent"],
  [
    "finds the conversation too long",
    refused(400, "This model's maximum context length is 10 tokens"),
    "no longer fits into the model's context",
    "context",
  ],
];

describe.concurrent("an endpoint that, in the middle of a run,", () => {
  it.each(faults)(
    "%s: is named with its fault; finished simulations stay, and the rest is played when it is well again",
    async (_, fault, message, kind) => {
      const { ran, simulations, resumed, after } = await runWith(fault);
      expect(ran.stderr).toContain(message);
      expect(ran.stderr).toContain("no conversation");
      expect(ran.code).toBe(0);
      expect(ran.stdout).toContain(`4 planned, 2 graded, 2 excluded (2 faults: ${kind} 2)`);
      expect(ran.stdout).toContain("to resume it: tau2 run --resume --save-to x");
      expect(simulations.map(({ termination_reason }) => termination_reason)).toEqual([
        "user_stop",
        "user_stop",
        "infrastructure_error",
        "infrastructure_error",
      ]);
      expect(simulations.slice(2).every(({ reward_info }) => reward_info === null)).toBe(true);
      expect(resumed.stdout).toContain("4 planned, 4 graded, 0 excluded");
      expect(after.slice(0, 2)).toEqual(simulations.slice(0, 2));
    },
  );
});

describe("a model that, of all things,", () => {
  const call = (name: string, args: object, id = "c1") => ({ id, name, arguments: args as never });
  const odd: [name: string, said: ModelServerReply, answer: string][] = [
    ["calls a tool that does not exist", { toolCalls: [call("launch_rocket", { to: "moon" })] }, "Error: Tool 'launch_rocket' not found."],
    ["gives arguments that the tool does not take", { toolCalls: [call("shelve", { title: 7, shelf: null })] }, "Error: "],
    ["says ten megabytes", { content: "🚀".repeat(2_500_000) }, "🚀".repeat(2_500_000)],
    ["gives an argument of ten megabytes", { toolCalls: [call("shelve", { title: "x".repeat(10_000_000) })] }, "1"],
    [
      "calls a hundred tools in one message",
      { toolCalls: Array.from({ length: 100 }, (_, i) => call("shelve", { title: "Walden" }, `c${i}`)) },
      "102",
    ],
  ];

  it.each(odd)("%s, is answered, and the conversation goes on to its end", async (_, said, answer) => {
    let first = true;
    await using server = await startModelServer((request) => {
      if (request.method === "GET") return { status: 200, body: { data: [] } };
      const now = first ? said : good(request);
      first = false;
      return now;
    });
    const cwd = emptyFolder();
    const words = ["run", "-d", library, "--task-ids", "one", "--agent-llm", "a", "--user", "scripted", "--save-to", "x"];
    const { code, stdout } = await tau2([...words, "--base-url", server.baseUrl], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("1 planned, 1 graded, 0 excluded");
    const [simulation] = readResults(join(cwd, "data/simulations/x/results.json")).simulations;
    expect(simulation!.termination_reason).toBe("user_stop");
    const contents = simulation!.messages!.map(({ content }) => content ?? "");
    expect(contents.filter((content) => content.startsWith(answer))).toHaveLength(1);
  });

  it("gives arguments that are not JSON is named as the fault, with its text", async () => {
    const message = {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "c1", type: "function", function: { name: "shelve", arguments: "{title: Walden" } }],
    };
    const { ran, simulations } = await runWith({
      status: 200,
      body: { model: "a", choices: [{ index: 0, finish_reason: "tool_calls", message }] },
    });
    expect(ran.stderr).toMatch(/agent fault, no conversation: .*\{title: Walden/);
    expect(simulations.slice(0, 2).map(({ reward_info }) => reward_info?.reward)).toEqual([1, 1]);
  });
});
