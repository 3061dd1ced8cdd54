import { ModelError } from "@tau2/user-sim";
import { describe, expect, test } from "vitest";
import { buyMilk } from "../../../test/chores.ts";
import { slowJudge, testServer, until } from "../../../test/server.ts";

describe("inspection of a session", () => {
  test("state has the changes, and hashes or databases on request", async () => {
    await using t = await testServer();
    const id = await t.create();
    expect((await t.get(`/v1/sessions/${id}/state`)).body).toMatchObject({
      session_id: id,
      step_count: 0,
      expires_in_s: expect.any(Number),
      turn: "agent",
      changes: [],
      hashes: null,
      databases: null,
    });
    await t.step(id, buyMilk);
    const { body } = await t.get(`/v1/sessions/${id}/state?hashes=true&databases=1`);
    expect(body.changes).toMatchObject([
      { side: "agent", op: "add", path: ["tasks", "task_2"], value: { title: "Buy milk" } },
      { side: "agent", op: "replace", path: ["users", "user_1", "tasks"] },
    ]);
    expect(body.databases.agent.tasks.task_2.title).toBe("Buy milk");
    expect(body.hashes).toEqual({ agent: expect.stringMatching(/^[0-9a-f]{64}$/), user: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await t.get(`/v1/sessions/${id}/state?hashes=maybe`)).toMatchObject({ status: 422 });
  });

  test("trajectory has the form of results files or of chat completions", async () => {
    await using t = await testServer();
    const id = await t.create();
    await t.step(id, buyMilk);
    const soFar = (await t.get(`/v1/sessions/${id}/trajectory`)).body;
    expect(soFar).toMatchObject({ id, task_id: "milk", termination_reason: null, reward_info: null });
    expect(soFar.messages.map(({ turn_idx }: { turn_idx: number }) => turn_idx)).toEqual([0, 1, 2, 3]);
    const chat = (await t.get(`/v1/sessions/${id}/trajectory?format=openai`)).body;
    expect(chat.messages).toMatchObject([
      { role: "assistant", content: "Hi! How can I help you today?" },
      { role: "user", content: "Milk, please." },
      {
        role: "assistant",
        tool_calls: [{ id: "call_1", type: "function", function: { name: "create_task", arguments: expect.any(String) } }],
      },
      { role: "tool", tool_call_id: "call_1" },
    ]);
    await t.step(id, "done()");
    const whole = (await t.get(`/v1/sessions/${id}/trajectory`)).body;
    expect(whole).toMatchObject({ termination_reason: "agent_stop", reward_info: { reward: 1 }, info: { tau2: { report: {} } } });
    expect(await t.get(`/v1/sessions/${id}/trajectory?format=xml`)).toMatchObject({ status: 422 });
  });

  test("trajectory shows the learner as the assistant in mode user", async () => {
    await using t = await testServer();
    const id = await t.create({ task_id: "note", mode: "user", user: undefined });
    await t.step(id, "dismiss_notification(notification_id='n1')");
    expect((await t.get(`/v1/sessions/${id}/trajectory?format=openai`)).body.messages).toMatchObject([
      { role: "user", content: "Hi! How can I help you today?" },
      { role: "assistant", tool_calls: [{ function: { name: "dismiss_notification" } }] },
      { role: "tool" },
    ]);
  });

  test("evaluate returns the grade so far, and the final grade after the end", async () => {
    await using t = await testServer();
    const id = await t.create();
    expect((await t.post(`/v1/sessions/${id}/evaluate`)).body).toMatchObject({
      session_id: id,
      expires_in_s: expect.any(Number),
      reward: 0,
      final: false,
      report: { components: { DB: { status: "unmet" } } },
    });
    await t.step(id, buyMilk);
    expect((await t.post(`/v1/sessions/${id}/evaluate`, { type: "action" })).body).toMatchObject({ reward: 1, final: false });
    expect((await t.get(`/v1/sessions/${id}`)).body.done).toBe(false);
    await t.step(id, "done()");
    expect((await t.post(`/v1/sessions/${id}/evaluate`)).body).toMatchObject({ reward: 1, final: true, reward_info: { reward: 1 } });
    expect(await t.post(`/v1/sessions/${id}/evaluate`, { type: "vibes" })).toMatchObject({ status: 422 });
  });

  test("a failing judge gives upstream_failed and does not change the session", async () => {
    await using t = await testServer({ judge: { judge: () => Promise.reject(new ModelError("timeout", "no verdict")) } });
    const id = await t.create({ task_id: "polite" });
    expect(await t.post(`/v1/sessions/${id}/evaluate`)).toMatchObject({
      status: 502,
      body: { error: { code: "upstream_failed", message: "no verdict" } },
    });
    expect((await t.step(id, buyMilk)).status).toBe(200);
    expect((await t.step(id, "done()")).body).toMatchObject({ reward: null, error: { role: "judge" }, terminated: true });
  });

  test("an evaluation is cancelled when its client disconnects", async () => {
    const slow = slowJudge();
    await using t = await testServer({ judge: slow.judge });
    const id = await t.create({ task_id: "polite" });
    const gone = new AbortController();
    const asked = fetch(`${t.server.url}/v1/sessions/${id}/evaluate`, { method: "POST", signal: gone.signal });
    await until(() => slow.asked.length > 0);
    gone.abort();
    await expect(asked).rejects.toThrow("aborted");
    await until(() => slow.given.up === 1);
  });
});
