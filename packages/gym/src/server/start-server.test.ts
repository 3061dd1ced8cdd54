import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { buyMilk } from "../../test/chores.ts";
import { slowUser, testServer, until } from "../../test/server.ts";

describe("a server that stops", () => {
  test("answers what is under way, and takes nothing new", async () => {
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

  test("waits only so long: what is not done then is given up, with an answer", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user }, drainMs: 1 });
    const created = t.create({ user: "slow" });
    await until(() => slow.waiting.length > 0);
    slow.waiting.shift()!.say("Hi.");
    const step = t.step(await created, "Hello.");
    const other = t.post("/v1/sessions", { task_id: "milk", user: "slow" });
    await until(() => slow.waiting.length === 2);
    await t.server.close();
    expect([(await step).status, (await other).status]).toEqual([503, 503]);
    expect(slow.given.up).toBe(2);
  });

  test("does not wait for who has connected and asks nothing, or only half", async () => {
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

  test("stops once, however often it is told", async () => {
    await using t = await testServer();
    expect(await Promise.all([t.server.close(), t.server.close()])).toEqual([undefined, undefined]);
  });
});
