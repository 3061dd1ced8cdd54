import { startModelServer } from "@tau2/user-sim/testing";
import { expect, test } from "vitest";
import { agentSays, userSays } from "../../test/desk.ts";
import { httpAgent } from "./http-agent.ts";

const turn = { messages: [agentSays("Hi!"), userSays("Light, please")] };

test("an HTTP agent receives chat completions with prompt and headers", async () => {
  await using server = await startModelServer(["Of course."]);
  const agent = httpAgent({ baseUrl: server.baseUrl, policy: "Be kind.", tools: [], prompt: "Serve.", headers: { "x-desk": "7" } });
  expect(await agent.respond(turn)).toMatchObject({ content: "Of course.", cost: null });
  const [request] = server.requests;
  expect(request?.path).toBe("/v1/chat/completions");
  expect(request?.headers["x-desk"]).toBe("7");
  expect(request?.body).toMatchObject({
    model: "agent",
    messages: [{ role: "system" }, { role: "assistant" }, { role: "user", content: "Light, please" }],
  });
});

test("an HTTP agent does not receive OPENAI_API_KEY", async () => {
  await using server = await startModelServer(["One.", "Two."]);
  const before = process.env["OPENAI_API_KEY"];
  process.env["OPENAI_API_KEY"] = "sk-of-somebody";
  try {
    await httpAgent({ baseUrl: server.baseUrl, policy: "Be kind.", tools: [] }).respond(turn);
    await httpAgent({ baseUrl: server.baseUrl, policy: "Be kind.", tools: [], apiKey: "own" }).respond(turn);
  } finally {
    if (before === undefined) delete process.env["OPENAI_API_KEY"];
    else process.env["OPENAI_API_KEY"] = before;
  }
  expect(server.requests.map(({ headers }) => headers.authorization ?? "none")).toEqual([
    expect.not.stringContaining("sk-of-somebody"),
    "Bearer own",
  ]);
});
