import { request as httpRequest } from "node:http";
import { ModelError } from "@tau2/user-sim";
import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { buyMilk } from "../../../test/chores.ts";
import { slowUser, testServer, until, type TestServer } from "../../../test/server.ts";

/** A session whose user waits for the test, at its first turn. */
async function slowSession(t: TestServer, { waiting }: ReturnType<typeof slowUser>): Promise<string> {
  const created = t.create({ user: "slow" });
  await until(() => waiting.length > 0);
  waiting.shift()!.say("Milk, please.");
  return created;
}

/** A client that sends a step and goes away when the test says so. */
function vanishingStep(t: TestServer, id: string, body: object): () => void {
  const sent = httpRequest(`${t.server.url}/v1/sessions/${id}/step`, { method: "POST", headers: { "content-type": "application/json" } });
  sent.on("error", () => {});
  sent.end(JSON.stringify(body));
  return () => sent.destroy();
}

describe("idempotent requests", () => {
  test("a repeated step receives the same response and is not taken again", async () => {
    await using t = await testServer();
    const id = await t.create();
    const first = await t.step(id, buyMilk, { request_id: "s1" });
    const again = await t.step(id, buyMilk, { request_id: "s1" });
    expect(again.body).toEqual({ ...first.body, expires_in_s: again.body.expires_in_s });
    expect((await t.step(id, "get_users()", { request_id: "s2" })).body.step_count).toBe(2);
    expect((await t.step(id, buyMilk, { request_id: "s1" })).body.step_count).toBe(1);
    expect((await t.get(`/v1/sessions/${id}`)).body.step_count).toBe(2);
  });

  test("a repeated last step receives the same response after the end", async () => {
    await using t = await testServer();
    const id = await t.create();
    await t.step(id, buyMilk);
    const end = await t.step(id, "done()", { request_id: "end" });
    expect((await t.step(id, "done()", { request_id: "end" })).body.reward).toBe(end.body.reward);
  });

  test("a repeated step joins the running one", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const id = await slowSession(t, slow);
    const both = [1, 2].map(() => t.step(id, "Hello.", { request_id: "s1" }));
    await until(() => slow.waiting.length > 0);
    slow.waiting.shift()!.say("Hm.");
    expect((await Promise.all(both)).map(({ body }) => [body.step_count, body.observation.text])).toEqual([
      [1, "user: Hm."],
      [1, "user: Hm."],
    ]);
  });

  test("a request id is refused for another action", async () => {
    await using t = await testServer();
    const id = await t.create();
    await t.step(id, buyMilk, { request_id: "s1" });
    expect(await t.step(id, "get_users()", { request_id: "s1" })).toMatchObject({
      status: 422,
      body: { error: { code: "request_id_reused" } },
    });
  });

  test("repeated creations and forks return the same sessions", async () => {
    await using t = await testServer();
    const create = { task_id: "milk", request_id: "c1" };
    const [a, b] = [await t.post("/v1/sessions", create), await t.post("/v1/sessions", create)];
    expect(b.body.session_id).toBe(a.body.session_id);
    expect(await t.post("/v1/sessions", { ...create, task_id: "note" })).toMatchObject({ status: 422 });
    const forks = [1, 2].map(() => t.post(`/v1/sessions/${a.body.session_id}/fork`, { count: 2, request_id: "f1" }));
    const [f, g] = await Promise.all(forks);
    expect(g!.body.sessions.map(({ session_id }: { session_id: string }) => session_id)).toEqual(
      f!.body.sessions.map(({ session_id }: { session_id: string }) => session_id),
    );
    expect((await t.get("/v1/sessions")).body.active_sessions).toBe(3);
    await t.call("DELETE", `/v1/sessions/${a.body.session_id}`);
    expect(await t.post("/v1/sessions", create)).toMatchObject({ status: 410 });
  });
});

describe("concurrent steps", () => {
  test("a second step is refused and does not affect the first", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const id = await slowSession(t, slow);
    const first = t.step(id, "Hello.");
    await until(() => slow.waiting.length > 0);
    expect(await t.step(id, buyMilk)).toMatchObject({ status: 409, body: { error: { code: "busy" } } });
    expect(await t.post(`/v1/sessions/${id}/restore`, { snapshot_id: "start" })).toMatchObject({ status: 409 });
    expect((await t.get("/v1/sessions")).body.sessions[0].busy).toBe(true);
    expect((await t.get(`/v1/sessions/${id}`)).body).toMatchObject({ step_count: 0, observation: { text: "user: Milk, please." } });
    slow.waiting.shift()!.say("Hm.");
    expect((await first).body.observation.text).toBe("user: Hm.");
  });

  test("deleting a session cancels its step and responds to the waiting client", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const id = await slowSession(t, slow);
    const step = t.step(id, "Hello.");
    await until(() => slow.waiting.length > 0);
    await t.call("DELETE", `/v1/sessions/${id}`);
    expect(await step).toMatchObject({ status: 410, body: { error: { code: "gone" } } });
    expect(slow.given.up).toBe(1);
  });
});

describe("a client that disconnects", () => {
  test("cancels its step, and the session keeps its state", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const id = await slowSession(t, slow);
    const vanish = vanishingStep(t, id, { action: "Hello.", request_id: "s1" });
    await until(() => slow.waiting.length > 0);
    vanish();
    await until(() => slow.given.up === 1);
    slow.waiting.shift();
    expect((await t.get(`/v1/sessions/${id}`)).body).toMatchObject({
      step_count: 0,
      done: false,
      observation: { text: "user: Milk, please." },
    });
    const again = t.step(id, "Hello.", { request_id: "s1" });
    await until(() => slow.waiting.length > 0);
    slow.waiting.shift()!.say("Hm.");
    expect((await again).body).toMatchObject({ step_count: 1, observation: { text: "user: Hm." } });
  });

  test("does not cancel a step that another request waits for", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const id = await slowSession(t, slow);
    const vanish = vanishingStep(t, id, { action: "Hello.", request_id: "s1" });
    await until(() => slow.waiting.length > 0);
    const other = t.step(id, "Hello.", { request_id: "s1" });
    await t.get("/health");
    vanish();
    await t.get("/health");
    slow.waiting.shift()!.say("Hm.");
    expect((await other).body.observation.text).toBe("user: Hm.");
    expect(slow.given.up).toBe(0);
  });

  test("does not leave a session that was being created", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const sent = httpRequest(`${t.server.url}/v1/sessions`, { method: "POST", headers: { "content-type": "application/json" } });
    sent.on("error", () => {});
    sent.end(JSON.stringify({ task_id: "milk", user: "slow" }));
    await until(() => slow.waiting.length > 0);
    expect(t.server.sessions.pool.active).toBe(1);
    sent.destroy();
    await until(() => t.server.sessions.pool.active === 0);
    expect(slow.given.up).toBe(1);
  });
});

test("a step is cancelled at its deadline and can be taken again", async () => {
  const slow = slowUser();
  await using t = await testServer({ users: { slow: slow.user } });
  const id = await slowSession(t, slow);
  expect(await t.step(id, "Hello.", { deadline_ms: 5, request_id: "s1" })).toMatchObject({
    status: 504,
    body: { error: { code: "deadline" } },
  });
  slow.waiting.shift();
  const again = t.step(id, "Hello.", { request_id: "s1" });
  await until(() => slow.waiting.length > 0);
  slow.waiting.shift()!.say("Hm.");
  expect((await again).body.step_count).toBe(1);
});

describe("a fault of the user", () => {
  test("ends the episode with a null reward, and the step can be retried after a restore", async () => {
    const model = scriptedModel(["Milk, please.", new ModelError("transient", "overloaded"), "Is it done?"]);
    await using t = await testServer({ users: { model } });
    const id = await t.create({ user: "model" });
    const { status, body } = await t.step(id, "Hello.");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      reward: null,
      terminated: false,
      truncated: true,
      done: true,
      error: { class: "infrastructure", role: "user", retryable: true, message: "overloaded" },
    });
    expect((await t.post(`/v1/sessions/${id}/restore`, { snapshot_id: "previous" })).body).toMatchObject({ done: false, step_count: 0 });
    expect((await t.step(id, "Hello.")).body.observation.text).toBe("user: Is it done?");
  });

  test("before the first turn does not create a session or keep room reserved", async () => {
    const model = scriptedModel([new ModelError("transient", "overloaded"), "Milk, please."]);
    await using t = await testServer({ users: { model }, maxSessions: 1 });
    const request = { task_id: "milk", user: "model", request_id: "c1" };
    expect(await t.post("/v1/sessions", request)).toMatchObject({
      status: 502,
      body: { error: { code: "upstream_failed", class: "infrastructure", role: "user", retryable: true } },
    });
    expect((await t.post("/v1/sessions", request)).status).toBe(201);
  });
});

describe("a batch of steps", () => {
  test("has an outcome for each item, in order; a failure does not affect the others", async () => {
    await using t = await testServer();
    const [a, b] = [await t.create(), await t.create()];
    const { status, body } = await t.post("/v1/steps", {
      items: [
        { session_id: a, action: buyMilk, request_id: "s1" },
        { session_id: "never", action: "x" },
        { session_id: b, action: "done()" },
        { session_id: b, action: "x" },
      ],
    });
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { index: 0, session_id: a, status: 200, error: null, result: { step_count: 1, reward: 0 } },
      { index: 1, status: 404, result: null, error: { code: "not_found" } },
      { index: 2, session_id: b, status: 200, result: { done: true, reward: 0 } },
      { index: 3, session_id: b, status: 409, result: null },
    ]);
    const again = await t.post("/v1/steps", { items: [{ session_id: a, action: buyMilk, request_id: "s1" }] });
    expect(again.body.items[0].result.step_count).toBe(1);
  });

  test("streams outcomes as NDJSON in the order of completion", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const waits = await slowSession(t, slow);
    const quick = await t.create({ user: "scripted" });
    const answer = await fetch(`${t.server.url}/v1/steps`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/x-ndjson" },
      body: JSON.stringify({
        items: [
          { session_id: waits, action: "Hello." },
          { session_id: quick, action: buyMilk },
        ],
      }),
    });
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
    const lines = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect(JSON.parse((await lines.read()).value!)).toMatchObject({ index: 1, session_id: quick, status: 200 });
    slow.waiting.shift()!.say("Hm.");
    expect(JSON.parse((await lines.read()).value!)).toMatchObject({ index: 0, result: { observation: { text: "user: Hm." } } });
    expect((await lines.read()).done).toBe(true);
  });

  test("cancels the remaining items when the client of a stream disconnects", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const waits = await slowSession(t, slow);
    const quick = await t.create({ user: "scripted" });
    const stop = new AbortController();
    const items = [waits, quick].map((session_id) => ({ session_id, action: "Hello." }));
    const answer = await fetch(`${t.server.url}/v1/steps`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/x-ndjson" },
      body: JSON.stringify({ items }),
      signal: stop.signal,
    });
    await answer.body!.getReader().read();
    stop.abort();
    await until(() => slow.given.up === 1);
    expect((await t.get(`/v1/sessions/${waits}`)).body.step_count).toBe(0);
  });

  test("accepts thousands of items", async () => {
    await using t = await testServer();
    const warnings: Error[] = [];
    const warn = (warning: Error) => void warnings.push(warning);
    process.on("warning", warn);
    const id = await t.create();
    const forks = (await t.post(`/v1/sessions/${id}/fork`, { count: 100 })).body.sessions as { session_id: string }[];
    const { body } = await t.post("/v1/steps", {
      items: forks.map(({ session_id }) => ({ session_id, action: buyMilk, deadline_ms: 60_000 })),
    });
    expect(body.items.filter(({ status }: { status: number }) => status === 200)).toHaveLength(100);
    process.off("warning", warn);
    expect(warnings).toEqual([]);
  });

  test("cancels the running items when its client disconnects", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const id = await slowSession(t, slow);
    const stop = new AbortController();
    const answer = fetch(`${t.server.url}/v1/steps`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ items: [{ session_id: id, action: "Hello." }] }),
      signal: stop.signal,
    });
    await until(() => slow.waiting.length > 0);
    stop.abort();
    await expect(answer).rejects.toThrow("aborted");
    await until(() => slow.given.up === 1);
    expect((await t.get(`/v1/sessions/${id}`)).body.step_count).toBe(0);
  });
});
