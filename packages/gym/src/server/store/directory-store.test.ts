import { cp, mkdtemp, readdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasToolCalls, type Message } from "@tau2/domains";
import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { buyMilk } from "../../../test/chores.ts";
import { testServer } from "../../../test/server.ts";

describe("sessions in a directory store", () => {
  const folder = () => mkdtemp(join(tmpdir(), "tau2-server-"));

  test("are restored after a restart without calling a model", async () => {
    const state = await folder();
    const model = scriptedModel(["Milk, please.", "Is it done?", "Thank you. ###STOP###"]);
    let id = "";
    let answer: unknown;
    let snapshot = "";
    {
      await using t = await testServer({ state, users: { model } });
      id = await t.create({ user: "model", metadata: { marker: 1 }, seed: 3 });
      await t.step(id, buyMilk);
      snapshot = (await t.post(`/v1/sessions/${id}/snapshot`)).body.snapshot_id;
      answer = (await t.step(id, "One moment.", { request_id: "s2" })).body;
    }
    await using t = await testServer({ state, users: { model } });
    expect(t.events).toMatchObject([{ type: "session_opened", sessionId: id, origin: "restored" }]);
    expect((await t.get(`/v1/sessions/${id}`)).body).toMatchObject({
      step_count: 2,
      seed: 3,
      metadata: { marker: 1 },
      observation: { text: "user: Is it done?" },
    });
    expect((await t.step(id, "One moment.", { request_id: "s2" })).body).toMatchObject({
      ...(answer as object),
      expires_in_s: expect.any(Number),
    });
    expect(model.remaining).toBe(1);
    const [fork] = (await t.post(`/v1/sessions/${id}/fork`, { snapshot_id: snapshot })).body.sessions;
    expect((await t.step(fork.session_id, "done()")).body.reward).toBe(1);
    expect((await t.step(id, "Yes.")).body).toMatchObject({ reward: 1, termination_reason: "user_stop" });
  });

  test("are written before the response to a step, so that a killed server does not lose acknowledged steps", async () => {
    const state = await folder();
    await using killed = await testServer({ state });
    const id = await killed.create();
    await killed.step(id, buyMilk);
    const left = await folder();
    await cp(join(state, `${id}.session.json`), join(left, `${id}.session.json`));
    await using t = await testServer({ state: left });
    expect((await t.step(id, "done()")).body.reward).toBe(1);
  });

  test.each(["__proto__", "constructor", "prototype"])("are restored with a call that had an argument named %s", async (name) => {
    const state = await folder();
    const args = `{"user_id": "user_1", "title": "Milk", "${name}": {"a": 1}}`;
    const refused = expect.stringContaining(`unknown argument '${name}'`) as string;
    const read = async (t: Awaited<ReturnType<typeof testServer>>, id: string) => {
      const { status, body } = await t.get(`/v1/sessions/${id}/export`);
      const messages: readonly Message[] = body.episode.messages;
      return [status, JSON.stringify(messages.map((message) => (hasToolCalls(message) ? message.tool_calls : message.content)))];
    };
    let [id, live]: [string, unknown] = ["", null];
    {
      await using t = await testServer({ state });
      id = await t.create();
      for (const action of [
        `{"name": "create_task", "arguments": ${args}}`,
        { tool_calls: [{ name: "create_task", arguments: args }] },
        { tool_calls: [{ name: "create_task", arguments: JSON.parse(args) as object }] },
      ]) {
        expect((await t.step(id, action)).body.observation.text).toEqual(refused);
      }
      live = await read(t, id);
      expect(live).toEqual([200, expect.stringContaining(`"${name}":{"a":1}`)]);
    }
    await using t = await testServer({ state });
    expect(await read(t, id)).toEqual(live);
    expect((await t.step(id, buyMilk)).status).toBe(200);
    expect((await t.step(id, "done()")).body.reward).toBe(1);
  });

  test("keep their grade after the end", async () => {
    const state = await folder();
    let id = "";
    {
      await using t = await testServer({ state });
      id = await t.create();
      await t.step(id, buyMilk);
      await t.step(id, "done()");
    }
    await using t = await testServer({ state });
    expect((await t.get(`/v1/sessions/${id}`)).body).toMatchObject({
      done: true,
      reward: 1,
      termination_reason: "agent_stop",
      reward_info: { reward: 1 },
    });
  });

  test("are deleted from the folder when they are deleted or expire", async () => {
    let now = 0;
    const state = await folder();
    await using t = await testServer({ state, idleTimeoutMs: 60_000, now: () => now });
    const [a] = [await t.create(), await t.create()];
    expect(await readSessionFiles(state)).toHaveLength(2);
    await t.call("DELETE", `/v1/sessions/${a}`);
    now += 60_001;
    await t.get("/v1/sessions");
    while ((await readSessionFiles(state)).length > 0) await t.get("/health");
  });

  test("are reported and stay in the folder if they cannot be read", async () => {
    const state = await folder();
    let id = "";
    {
      await using t = await testServer({ state });
      id = await t.create();
    }
    await writeFile(join(state, "torn.session.json"), '{"format": "tau2.se');
    await writeFile(join(state, "notes.txt"), "not a session");
    await using t = await testServer({ state });
    expect(t.events).toMatchObject([
      { type: "session_opened", sessionId: id },
      { type: "session_unreadable", sessionId: "torn" },
    ]);
    expect(await t.step("torn", "x")).toMatchObject({
      status: 410,
      body: { error: { reason: "could not be restored after a restart" } },
    });
    expect(await readdir(state)).toContain("torn.session.json");
  });

  test("are not read through a link, and an error does not quote the content of a file", async () => {
    const state = await folder();
    const secret = join(state, "secret.txt");
    await writeFile(secret, "root:x:0:0");
    await symlink(secret, join(state, "a-link.session.json"));
    await writeFile(join(state, "b-text.session.json"), "root:x:0:0");
    await using t = await testServer({ state });
    expect(t.events).toMatchObject([
      { type: "session_unreadable", sessionId: "a-link", error: { code: "storage", message: expect.stringContaining("link") } },
      { type: "session_unreadable", sessionId: "b-text", error: { code: "invalid", message: expect.stringContaining("JSON") } },
    ]);
    for (const event of t.events) expect(String((event as { error?: unknown }).error)).not.toContain("root");
  });

  test("are written whole or not at all: a file that a killed server was writing is removed", async () => {
    const state = await folder();
    await writeFile(join(state, "half.session.json.tmp"), '{"format": "tau2.se');
    await using t = await testServer({ state });
    const id = await t.create();
    expect(await readdir(state)).toEqual(expect.arrayContaining(["server.lock", `${id}.session.json`]));
    expect(await readdir(state)).not.toContain("half.session.json.tmp");
    expect(t.events.filter(({ type }) => type === "session_unreadable")).toEqual([]);
  });

  test("belong to one server, until it has stopped", async () => {
    const state = await folder();
    {
      await using first = await testServer({ state });
      const id = await first.create();
      await expect(testServer({ state })).rejects.toMatchObject({
        code: "busy",
        message: expect.stringContaining(`process ${process.pid} on`),
      });
      expect((await first.step(id, buyMilk)).status).toBe(200);
    }
    await using second = await testServer({ state });
    expect(second.server.sessions.pool.active).toBe(1);
  });

  test("are released when the server cannot start", async () => {
    const state = await folder();
    await expect(testServer({ state, defaultUser: "unknown" })).rejects.toThrow("unknown");
    await using t = await testServer({ state });
    expect(t.server.sessions.pool.active).toBe(0);
  });

  test("stay as they are when the folder goes away, and continue when it is back", async () => {
    const state = await folder();
    await using t = await testServer({ state });
    const id = await t.create();
    const path = join(state, `${id}.session.json`);
    const stored = await readFile(path, "utf8");
    await rename(state, `${state}-away`);
    expect(await t.step(id, buyMilk, { request_id: "s1" })).toMatchObject({
      status: 503,
      body: { error: { code: "storage_failed", reason: "ENOENT" } },
    });
    expect((await t.get("/readyz")).status).toBe(503);
    await rename(`${state}-away`, state);
    expect(await readFile(path, "utf8")).toBe(stored);
    expect((await t.step(id, buyMilk, { request_id: "s1" })).body).toMatchObject({ step_count: 1 });
    expect((await t.get("/readyz")).status).toBe(200);
  });
});

async function readSessionFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".session.json"));
}
