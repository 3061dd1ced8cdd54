import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { buyMilk } from "../../../test/chores.ts";
import { testServer, until, type TestServer } from "../../../test/server.ts";
import type { SessionStore } from "../core/session-document.ts";

/** A store in memory that fails with `error` while the test sets one. */
function createFailingStore() {
  const texts = new Map<string, string>();
  const control: { error: Error | null; failsFor: (id: string) => boolean } = { error: null, failsFor: () => true };
  const attempt = async (id: string, work: () => void) => {
    if (control.error && control.failsFor(id)) throw control.error;
    work();
  };
  const state: SessionStore = {
    async *load() {
      for (const [id, text] of texts) yield { id, read: () => Promise.resolve(text) };
    },
    put: (id, text) => attempt(id, () => texts.set(id, text)),
    delete: (id) => attempt(id, () => texts.delete(id)),
  };
  return { state, texts, control };
}

const diskFull = Object.assign(new Error("ENOSPC: no space left on device, write '/secret/place'"), { code: "ENOSPC" });
/** Returns an exported session without the times that pass by themselves. */
const exported = async ({ get }: Pick<TestServer, "get">, id: string): Promise<unknown> =>
  JSON.parse(JSON.stringify((await get(`/v1/sessions/${id}/export`)).body, (key, value: unknown) => (key === "elapsed_s" ? 0 : value)));
const full = { status: 507, body: { error: { code: "storage_full", reason: "ENOSPC", retry_after_s: 1 } } };

describe("while sessions cannot be stored", () => {
  test("a step is refused, the session is as before, and the repeated request takes the step", async () => {
    const { state, texts, control } = createFailingStore();
    await using t = await testServer({ state });
    const id = await t.create();
    await t.step(id, "One moment.", { request_id: "s1" });
    const before = await exported(t, id);
    const stored = texts.get(id);
    control.error = diskFull;
    const refused = await t.step(id, buyMilk, { request_id: "s2" });
    expect(refused).toMatchObject(full);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(JSON.stringify(refused.body)).not.toContain("secret");
    expect(await exported(t, id)).toEqual(before);
    expect(texts.get(id)).toBe(stored);
    // Acknowledged steps are still answered.
    expect(await t.step(id, "One moment.", { request_id: "s1" })).toMatchObject({ status: 200, body: { step_count: 1 } });
    control.error = null;
    expect(await t.step(id, buyMilk, { request_id: "s2" })).toMatchObject({ status: 200, body: { step_count: 2 } });
    expect(t.events.filter(({ type }) => type === "step_taken")).toHaveLength(2);
  });

  test("the first refused step is taken back after its model call, and later ones do not call the model", async () => {
    const { state, control } = createFailingStore();
    const model = scriptedModel(["Milk, please.", "Is it done?", "Is it done?"]);
    await using t = await testServer({ state, users: { model } });
    const id = await t.create({ user: "model" });
    control.error = diskFull;
    expect(await t.step(id, "One moment.")).toMatchObject(full);
    expect(await t.step(id, "One moment.")).toMatchObject(full);
    expect(model.remaining).toBe(1);
    control.error = null;
    expect((await t.step(id, "One moment.")).body).toMatchObject({ step_count: 1, observation: { text: "user: Is it done?" } });
  });

  test("nothing is created, forked, imported, restored, deleted or kept as a snapshot", async () => {
    const { state, texts, control } = createFailingStore();
    await using t = await testServer({ state, maxSessions: 5 });
    const id = await t.create();
    await t.step(id, "One moment.");
    const document = await exported(t, id);
    control.error = diskFull;
    const session = { task_id: "milk", user: "chatty", request_id: "c1" };
    for (let i = 0; i < 3; i++) expect(await t.post("/v1/sessions", session)).toMatchObject(full);
    expect(await t.post(`/v1/sessions/${id}/fork`, { count: 3, request_id: "f1" })).toMatchObject(full);
    expect(await t.post("/v1/sessions/import", document)).toMatchObject(full);
    expect(await t.post(`/v1/sessions/${id}/restore`, { snapshot_id: "start" })).toMatchObject(full);
    expect(await t.post(`/v1/sessions/${id}/snapshot`)).toMatchObject(full);
    expect(await t.call("DELETE", `/v1/sessions/${id}`)).toMatchObject(full);
    expect((await t.get("/v1/sessions")).body).toMatchObject({ active_sessions: 1 });
    expect(await exported(t, id)).toEqual(document);
    control.error = null;
    expect((await t.post("/v1/sessions", session)).status).toBe(201);
    expect((await t.post(`/v1/sessions/${id}/fork`, { count: 3, request_id: "f1" })).body.sessions).toHaveLength(3);
    expect(texts.size).toBe(5);
  });

  test("forks are stored all or none", async () => {
    const { state, texts, control } = createFailingStore();
    await using t = await testServer({ state });
    const id = await t.create();
    let asked = 0;
    control.failsFor = () => ++asked === 2;
    control.error = diskFull;
    expect(await t.post(`/v1/sessions/${id}/fork`, { count: 3 })).toMatchObject(full);
    expect([t.server.sessions.pool.active, texts.size]).toEqual([1, 1]);
  });

  test("the server is not ready, until a write succeeds", async () => {
    const { state, control } = createFailingStore();
    await using t = await testServer({ state });
    const id = await t.create();
    control.error = diskFull;
    await t.step(id, buyMilk);
    expect(await t.get("/readyz")).toMatchObject({ status: 503, body: { status: "storage_full" } });
    expect((await t.get("/metrics")).body).toContain("tau2_store_failing 1");
    control.error = null;
    // No request is necessary for that: the server writes a probe.
    await until(() => t.events.some(({ type }) => type === "store_recovered"));
    expect(await t.get("/readyz")).toMatchObject({ status: 200, body: { status: "ready" } });
    expect((await t.get("/metrics")).body).toContain("tau2_store_failing 0");
  });

  test("one session that does not fit does not stop the others", async () => {
    const { state, control } = createFailingStore();
    await using t = await testServer({ state });
    const [large, small] = [await t.create(), await t.create()];
    control.failsFor = (id) => id === large;
    control.error = Object.assign(new Error("too large"), { code: "EFBIG" });
    expect(await t.step(large, buyMilk)).toMatchObject({ status: 503, body: { error: { code: "storage_failed", reason: "EFBIG" } } });
    expect((await t.step(small, buyMilk)).status).toBe(200);
    expect((await t.get("/readyz")).status).toBe(200);
  });

  test("a batch refuses only what cannot be stored", async () => {
    const { state, control } = createFailingStore();
    await using t = await testServer({ state });
    const ids = [await t.create(), await t.create()];
    control.failsFor = (id) => id === ids[0];
    control.error = diskFull;
    const { body } = await t.post("/v1/steps", { items: ids.map((session_id) => ({ session_id, action: buyMilk })) });
    expect(body.items).toMatchObject([{ status: 507, result: null, error: { code: "storage_full" } }, { status: 200 }]);
  });

  test("the text of a session that has expired is deleted later", async () => {
    let now = 0;
    const { state, texts, control } = createFailingStore();
    await using t = await testServer({ state, idleTimeoutMs: 60_000, now: () => now });
    await t.create();
    control.error = diskFull;
    now += 60_001;
    expect((await t.get("/v1/sessions")).body.sessions).toEqual([]);
    await until(() => t.events.some(({ type }) => type === "store_failed"));
    control.error = null;
    await until(() => texts.size === 0);
  });
});

test("a change is shown once it is stored", async () => {
  const waiting: (() => void)[] = [];
  const state: SessionStore = {
    async *load() {},
    put: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
    delete: () => Promise.resolve(),
  };
  await using t = await testServer({ state });
  const created = t.create();
  await until(() => waiting.length === 1);
  expect((await t.get("/v1/sessions")).body.sessions).toEqual([]);
  waiting.shift()!();
  const id = await created;
  const step = t.step(id, buyMilk);
  await until(() => waiting.length === 1);
  expect((await t.get(`/v1/sessions/${id}`)).body).toMatchObject({ step_count: 0, observation: { text: "user: Milk, please." } });
  waiting.shift()!();
  expect((await step).body).toMatchObject({ step_count: 1 });
  expect((await t.get(`/v1/sessions/${id}`)).body).toMatchObject({ step_count: 1 });
});
