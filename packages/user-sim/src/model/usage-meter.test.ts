import { expect, test } from "vitest";
import { scriptedModel } from "../testing/scripted-model.ts";
import { createUsageMeter } from "./usage-meter.ts";

const ask = { messages: [{ role: "user" as const, content: "Hi" }] };

test("calls, tokens and costs add up by role, whichever models play it", async () => {
  const meter = createUsageMeter();
  const usage = { prompt_tokens: 10, completion_tokens: 2 };
  const agent = meter.metered("agent", scriptedModel([{ content: "a", usage, cost: 0.25 }], { name: "big" }));
  const spare = meter.metered("agent", scriptedModel([{ content: "b", usage, cost: 0.5 }]));
  const user = meter.metered("user", scriptedModel([{ content: "c", cost: null }]));
  expect(agent.name).toBe("big");
  expect((await agent.complete(ask)).content).toBe("a");
  await spare.complete(ask);
  await user.complete(ask);
  expect(meter.totals()).toEqual({
    agent: { calls: 2, failures: 0, prompt_tokens: 20, completion_tokens: 4, cost: 0.75, unpriced: 0 },
    user: { calls: 1, failures: 0, prompt_tokens: 0, completion_tokens: 0, cost: 0, unpriced: 1 },
  });
});

test("faults are counted and pass through", async () => {
  const meter = createUsageMeter();
  const fault = new Error("down");
  await expect(meter.metered("judge", scriptedModel([fault])).complete(ask)).rejects.toBe(fault);
  expect(meter.totals()["judge"]).toMatchObject({ calls: 0, failures: 1 });
});
