import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { buyMilk } from "../../test/chores.ts";
import { slowJudge, slowUser, testServer, until } from "../../test/server.ts";

describe("stopping a server", () => {
  test("finishes running requests and refuses new ones", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const created = t.create({ user: "slow" });
    await until(() => slow.waiting.length > 0);
    slow.waiting.shift()!.say("Hi.");
    const id = await created;
    const step = t.step(id, "Hello.");
    await until(() => slow.waiting.length > 0);
    const closed = t.server.close();
    await until(() => t.server.sessions.isDraining);
    expect(await t.post("/v1/sessions", { task_id: "milk" })).toMatchObject({ status: 503, body: { error: { code: "draining" } } });
    expect((await t.step(id, buyMilk)).headers.get("retry-after")).toBe("5");
    expect(await t.get("/readyz")).toMatchObject({ status: 503, body: { status: "draining" } });
    expect((await t.get("/health")).status).toBe(200);
    slow.waiting.shift()!.say("Hm.");
    expect(await step).toMatchObject({ status: 200, body: { observation: { text: "user: Hm." } } });
    await closed;
    await expect(t.get("/health")).rejects.toThrow("fetch failed");
  });

  test("waits for a running evaluation", async () => {
    const slow = slowJudge();
    await using t = await testServer({ judge: slow.judge });
    const id = await t.create({ task_id: "polite", user: "scripted" });
    await t.step(id, buyMilk);
    const grades = [t.post(`/v1/sessions/${id}/evaluate`), t.post(`/v1/sessions/${id}/evaluate`)];
    await until(() => slow.asked.length === 2);
    let isClosed = false;
    const closed = t.server.close().then(() => (isClosed = true));
    await until(() => t.server.sessions.isDraining);
    expect(await t.post(`/v1/sessions/${id}/evaluate`)).toMatchObject({ status: 503, body: { error: { code: "draining" } } });
    // The two requests may arrive in either order.
    slow.asked[0]!.approve();
    expect(await Promise.race(grades)).toMatchObject({ status: 200, body: { reward: 1, final: false } });
    expect(isClosed).toBe(false);
    slow.asked[1]!.approve();
    expect((await Promise.all(grades)).map(({ status }) => status)).toEqual([200, 200]);
    await closed;
  });

  test("cancels steps that exceed drainMs, with a response to their clients", async () => {
    const slow = slowUser();
    const judge = slowJudge();
    await using t = await testServer({ users: { slow: slow.user }, judge: judge.judge, drainMs: 1 });
    const judged = await t.create({ task_id: "polite", user: "scripted" });
    const created = t.create({ user: "slow" });
    await until(() => slow.waiting.length > 0);
    slow.waiting.shift()!.say("Hi.");
    const step = t.step(await created, "Hello.");
    const other = t.post("/v1/sessions", { task_id: "milk", user: "slow" });
    await until(() => slow.waiting.length === 2);
    const grade = t.post(`/v1/sessions/${judged}/evaluate`);
    await until(() => judge.asked.length > 0);
    await t.server.close();
    expect([(await step).status, (await other).status, (await grade).status]).toEqual([503, 503, 503]);
    expect([slow.given.up, judge.given.up]).toEqual([2, 1]);
  });

  test("does not wait for connections without a complete request", async () => {
    await using t = await testServer();
    const clients = ["", "GET /health HT"].map((sent) => {
      const socket = connect(t.server.port, t.server.host);
      socket.write(sent);
      return once(socket, "close");
    });
    await t.get("/health");
    const late = setTimeout(4000, "late", { ref: false });
    expect(await Promise.race([t.server.close(), late])).toBeUndefined();
    await Promise.all(clients);
  });

  test("close is idempotent", async () => {
    await using t = await testServer();
    expect(await Promise.all([t.server.close(), t.server.close()])).toEqual([undefined, undefined]);
  });
});
