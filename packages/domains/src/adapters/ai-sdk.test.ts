import { generateText, stepCountIs } from "ai";
import { MockLanguageModelV3 } from "ai/test";
import { expect, test } from "vitest";
import { loadEnvironment } from "../data/load.ts";
import { telecom } from "../telecom/index.ts";
import { aiSdkTools } from "./ai-sdk.ts";

type Step = { text: string } | { id: string; tool: string; args: unknown }[];

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};

/** A model that plays these steps: a text, or calls of one message. */
function scripted(steps: Step[]): MockLanguageModelV3 {
  const results = steps.map((step) => ({
    content: Array.isArray(step)
      ? step.map(({ id, tool, args }) => ({
          type: "tool-call" as const,
          toolCallId: id,
          toolName: tool,
          input: typeof args === "string" ? args : JSON.stringify(args),
        }))
      : [{ type: "text" as const, text: step.text }],
    finishReason: { unified: Array.isArray(step) ? ("tool-calls" as const) : ("stop" as const), raw: undefined },
    usage,
    warnings: [],
  }));
  return new MockLanguageModelV3({ doGenerate: results });
}

function fresh() {
  return loadEnvironment(telecom, { dataDir: null });
}

/** Returns the tool results of the model's first message. */
async function answers(calls: Exclude<Step, { text: string }>, env = fresh()) {
  const model = scripted([calls, { text: "Done." }]);
  const { text, steps } = await generateText({ model, tools: aiSdkTools(env), stopWhen: stepCountIs(3), prompt: "Hello" });
  expect(text).toBe("Done.");
  const told = model.doGenerateCalls[1]?.prompt.flatMap((message) => (message.role === "tool" ? message.content : []));
  return { told: told?.map((part) => (part.type === "tool-result" ? part.output : part)), steps };
}

const suspend = { customer_id: "C1001", line_id: "L1002", reason: "lost" };

test("aiSdkTools offers the tools of one side with their schemas", async () => {
  const model = scripted([{ text: "Done." }]);
  await generateText({ model, tools: aiSdkTools(fresh()), prompt: "Hello" });
  const { tools } = model.doGenerateCalls[0]!;
  expect(tools?.map(({ name }) => name)).toEqual(telecom.agent.tools.map(({ name }) => name));
  expect(tools?.[0]).toMatchObject({
    type: "function",
    inputSchema: { type: "object", required: ["phone_number"], additionalProperties: false },
  });
  expect(Object.keys(aiSdkTools(fresh(), "user"))).toHaveLength(30);
});

test("aiSdkTools runs the calls of a message in order, and passes the environment's answers on", async () => {
  const env = fresh();
  const { told, steps } = await answers(
    [
      { id: "a", tool: "suspend_line", args: suspend },
      { id: "b", tool: "suspend_line", args: suspend },
    ],
    env,
  );
  expect(told).toEqual([
    { type: "text", value: expect.stringContaining("Line suspended successfully") },
    { type: "error-text", value: "Error: Line must be active to suspend" },
  ]);
  expect(steps[0]?.toolResults.map(({ output }) => output)).toMatchObject([
    { id: "a", role: "tool", requestor: "assistant", error: false },
    { id: "b", error: true },
  ]);
  expect(env.diff().agent).toMatchObject([{ path: ["lines"] }]);
});

test("aiSdkTools answers wrong arguments with what would be right", async () => {
  const { told } = await answers([{ id: "a", tool: "suspend_line", args: { customer_id: 7 } }]);
  expect(told).toMatchObject([
    { type: "error-text", value: expect.stringMatching(/^Error: suspend_line: argument 'customer_id'.*'line_id' is missing/) },
  ]);
});

test.each([{ args: "{not json" }, { args: "[1]" }])(
  "aiSdkTools answers the arguments $args with an error instead of throwing",
  async ({ args }) => {
    const { told } = await answers([{ id: "a", tool: "suspend_line", args }]);
    expect(told).toMatchObject([{ type: "error-text" }]);
  },
);

test("aiSdkTools answers an unknown tool with an error instead of throwing", async () => {
  const { told } = await answers([{ id: "a", tool: "no_such_tool", args: {} }]);
  expect(told).toMatchObject([{ type: "error-text", value: expect.stringContaining("no_such_tool") }]);
});
