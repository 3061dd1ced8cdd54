import { mock } from "@tau2/domains/mock";
import { retail } from "@tau2/domains/retail";
import { startServer, type ServerEvent } from "@tau2/gym/server";
import { userKinds } from "@tau2/orchestrator";
import { openAiModel } from "@tau2/user-sim";
import { expect, test } from "vitest";
import { Accounts } from "./accounts.ts";
import { playRound, createSoakContext } from "./play-round.ts";
import { startUserEndpoint } from "./user-endpoint.ts";

const idleTimeoutMs = 1e9;

test("a small soak: every session is accounted for, episodes are not mixed, and the server does not fail", async () => {
  await using endpoint = await startUserEndpoint("small", 0.2);
  const model = openAiModel({ model: "stand-in", baseUrl: endpoint.baseUrl, apiKey: "", timeoutMs: 100, maxRetries: 0 });
  const events: ServerEvent[] = [];
  let later = 0;
  await using server = await startServer({
    domains: [mock, retail],
    users: { model: userKinds.user_simulator.factory({ model }) },
    defaultUser: "model",
    idleTimeoutMs,
    now: () => performance.now() + later,
    onEvent: (event) => events.push(event),
  });
  const context = createSoakContext(server.url, new Accounts());
  const { accounts, client, complaints, mixed } = context;
  await playRound(context, { round: 1, seed: "small", sessions: 20, atOnce: 20, domains: ["mock", "retail"] });
  expect([...complaints, ...mixed, ...endpoint.mixed]).toEqual([]);
  expect(events.filter(({ type }) => type === "internal_error")).toEqual([]);
  expect((await accounts.settle(client)).wrong).toEqual([]);
  later = 2 * idleTimeoutMs;
  const { wrong, ended } = await accounts.settle(client);
  expect(wrong).toEqual([]);
  expect(String(ended)).not.toContain("listed");
  expect(server.sessions.pool.active).toBe(0);
});
