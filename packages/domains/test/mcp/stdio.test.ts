import type { Client } from "@modelcontextprotocol/client";
import { expect, test } from "vitest";
import { mock } from "../../src/mock/index.ts";
import { connectStdio } from "./connect.ts";

test.each(["legacy", "auto"] as const)("serveMcpStdio offers tools, answers and the policy over stdio (%s)", async (mode) => {
  await using connection = await connectStdio({ versionNegotiation: { mode } });
  const { client } = connection;
  expect(client.getServerVersion()).toEqual({ name: "tau2-mock", version: "1.0.0" });
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(mock.agent.tools.map(({ name }) => name));
  const create = { name: "create_task", arguments: { user_id: "user_1", title: "Milk" } };
  const [first, second] = [await client.callTool(create), await client.callTool(create)];
  expect(idOf(first)).toBeGreaterThan(0);
  expect(idOf(second)).toBe(idOf(first) + 1);
  expect((await client.readResource({ uri: "tau2://mock/policy" })).contents).toHaveLength(1);
});

function idOf({ content }: Awaited<ReturnType<Client["callTool"]>>): number {
  const [block] = content;
  return Number(/"task_id": "task_(\d+)"/.exec(block?.type === "text" ? block.text : "")?.[1]);
}
