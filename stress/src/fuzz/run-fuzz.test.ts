import { mock } from "@tau2/domains/mock";
import { startServer, type ServerEvent } from "@tau2/gym/server";
import { expect, test } from "vitest";
import { fuzzBytes } from "./fuzz-bytes.ts";
import { fuzzMessages } from "./fuzz-messages.ts";

test("fuzzed WebSocket messages receive a response or end their connection, and the server continues", async () => {
  const token = "secret";
  const events: ServerEvent[] = [];
  await using server = await startServer({ domains: [mock], token, onEvent: (event) => events.push(event) });
  const target = { url: server.url, token };
  const messages = await fuzzMessages(target, { seed: "small", count: 400 });
  const bytes = await fuzzBytes(target, { seed: "small", count: 40 });
  expect([...messages.faults, ...bytes.faults]).toEqual([]);
  expect(messages.answered.get("observation")).toBeGreaterThan(0);
  expect(events.filter(({ type }) => type === "internal_error")).toEqual([]);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});
