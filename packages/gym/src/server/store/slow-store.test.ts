import { setTimeout } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { buyMilk } from "../../../test/chores.ts";
import { testServer, until } from "../../../test/server.ts";
import type { SessionStore } from "../core/session-document.ts";

/** A store that writes when the test says so. */
function slowStore() {
  const waiting: (() => void)[] = [];
  const state: SessionStore = {
    async *load() {},
    put: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
    delete: () => Promise.resolve(),
  };
  return { state, waiting };
}

test("a committed step is returned even if its deadline passes while it is stored", async () => {
  const { state, waiting } = slowStore();
  await using t = await testServer({ state });
  const begun = t.create();
  await until(() => waiting.length === 1);
  waiting.shift()!();
  const id = await begun;
  vi.useFakeTimers({ toFake: ["setTimeout"], shouldAdvanceTime: true });
  const step = t.step(id, buyMilk, { deadline_ms: 60_000 });
  await until(() => waiting.length === 1);
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  waiting.shift()!();
  expect(await step).toMatchObject({ status: 200, body: { step_count: 1 } });
});

test("a session is deleted if its client disconnects while it is stored", async () => {
  const { state, waiting } = slowStore();
  await using t = await testServer({ state });
  const gone = new AbortController();
  const body = JSON.stringify({ task_id: "milk", user: "chatty" });
  const headers = { "content-type": "application/json" };
  const asked = fetch(`${t.server.url}/v1/sessions`, { method: "POST", body, headers, signal: gone.signal }).catch(() => null);
  await until(() => waiting.length === 1);
  gone.abort();
  await asked;
  // The server has noticed when it counts the request.
  while (!(await t.get("/metrics")).body.includes('status="499"')) await setTimeout(5);
  waiting.shift()!();
  await until(() => t.server.sessions.pool.active === 0);
  expect(t.events).toMatchObject([{ type: "session_opened" }, { type: "session_closed", reason: "deleted" }]);
});
