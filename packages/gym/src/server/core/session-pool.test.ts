import { describe, expect, test } from "vitest";
import { buyMilk } from "../../../test/chores.ts";
import { slowUser, testServer, until } from "../../../test/server.ts";

describe("limits of the server", () => {
  test("a session above maxSessions is refused with Retry-After", async () => {
    let now = 0;
    await using t = await testServer({ maxSessions: 2, idleTimeoutMs: 30_000, now: () => now });
    const id = await t.create();
    now += 10_000;
    await t.create();
    const full = await t.post("/v1/sessions", { task_id: "milk" });
    expect(full).toMatchObject({
      status: 429,
      body: { error: { code: "capacity", active_sessions: 2, max_sessions: 2, retry_after_s: 20 } },
    });
    expect(full.headers.get("retry-after")).toBe("20");
    expect(await t.get("/readyz")).toMatchObject({ status: 503, body: { status: "full" } });
    await t.call("DELETE", `/v1/sessions/${id}`);
    expect(await t.get("/readyz")).toMatchObject({ status: 200, body: { status: "ready", active_sessions: 1 } });
    await t.create();
  });

  test("sessions count towards maxSessions while they are being created", async () => {
    const slow = slowUser();
    await using t = await testServer({ maxSessions: 1, users: { slow: slow.user } });
    const first = t.create({ user: "slow" });
    await until(() => slow.waiting.length > 0);
    expect((await t.post("/v1/sessions", { task_id: "milk" })).status).toBe(429);
    slow.waiting.shift()!.say("Hi.");
    await first;
  });

  test("a session without requests expires; every request restarts its idle time", async () => {
    let now = 0;
    await using t = await testServer({ idleTimeoutMs: 60_000, now: () => now });
    const [kept, left] = [await t.create(), await t.create()];
    now += 50_000;
    expect((await t.get(`/v1/sessions/${kept}`)).body.expires_in_s).toBe(60);
    now += 9000;
    expect((await t.step(kept, buyMilk)).body.expires_in_s).toBe(60);
    now += 2000;
    const gone = await t.step(left, buyMilk);
    expect(gone).toMatchObject({
      status: 410,
      body: { error: { code: "gone", reason: "has expired after 60 seconds without a request" } },
    });
    expect((await t.get("/v1/sessions")).body.active_sessions).toBe(1);
    expect(t.events.filter(({ type }) => type === "session_closed")).toMatchObject([{ sessionId: left, reason: "expired" }]);
  });

  test("a session does not expire while its step is running", async () => {
    let now = 0;
    const slow = slowUser();
    await using t = await testServer({ idleTimeoutMs: 60_000, now: () => now, users: { slow: slow.user } });
    const created = t.create({ user: "slow" });
    await until(() => slow.waiting.length > 0);
    slow.waiting.shift()!.say("Hi.");
    const id = await created;
    const step = t.step(id, "Hello.");
    await until(() => slow.waiting.length > 0);
    now += 600_000;
    t.server.sessions.pool.sweep();
    slow.waiting.shift()!.say("Hm.");
    expect((await step).body).toMatchObject({ step_count: 1, expires_in_s: 60 });
  });

  test("a body above maxBodyBytes is refused, with and without content-length", async () => {
    await using t = await testServer({ maxBodyBytes: 1000 });
    const id = await t.create();
    const action = "x".repeat(1000);
    expect(await t.step(id, action)).toMatchObject({ status: 413, body: { error: { code: "too_large" } } });
    const chunked = await fetch(`${t.server.url}/v1/sessions/${id}/step`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new Blob([JSON.stringify({ action })]).stream(),
      duplex: "half",
    });
    expect(chunked.status).toBe(413);
    expect((await t.step(id, "x".repeat(900))).status).toBe(200);
  });
});
