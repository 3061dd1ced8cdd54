import { ModelError } from "@tau2/user-sim";
import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { agentEnv, buyMilk, userEnv, userSaying } from "../../test/chores.ts";
import type { AgentEnv } from "../env/agent-env.ts";
import { recordEpisode, type EpisodeRecord } from "./record.ts";

/** A record as it comes back from a file. */
function throughJson(env: Pick<AgentEnv, "snapshot">): EpisodeRecord {
  return JSON.parse(JSON.stringify(recordEpisode(env.snapshot()))) as EpisodeRecord;
}

const silent = scriptedModel([]);

describe("a record of an episode", () => {
  test("continues where it was, and does not ask a model for recorded messages", async () => {
    const env = agentEnv({ user: userSaying("Milk, please.", "Is it done?") });
    await env.reset({ seed: 7 });
    await env.step(buyMilk);
    await env.step("One moment.");
    const record = throughJson(env);
    const twin = agentEnv({ user: silent });
    expect(twin.replay(record).observation).toBe("user: Is it done?");
    expect(twin.messages).toEqual(env.messages);
    expect(twin.snapshot().conversation.state).toEqual(env.snapshot().conversation.state);
    expect(twin.snapshot().context.seed).toBe(7);
    expect(await twin.step("done()")).toMatchObject({ reward: 1, terminated: true });
  });

  test("keeps the time that has passed", async () => {
    const env = agentEnv();
    await env.reset();
    const record = { ...throughJson(env), elapsed_s: 50 };
    const twin = agentEnv({ timeoutSeconds: 40 });
    twin.replay(record);
    expect(await twin.step("get_users()")).toMatchObject({ truncated: true, info: { simulation_run: { termination_reason: "timeout" } } });
    expect(agentEnv({ timeoutSeconds: 40 }).replay(throughJson(twin)).info.simulation_run?.termination_reason).toBe("timeout");
  });

  test("of an end keeps its grade, also one that a judge gave", async () => {
    const judge = { judge: async ({ assertions }: { assertions: readonly string[] }) => judgement(assertions) };
    const env = agentEnv({ taskId: "polite", judge });
    await env.reset();
    await env.step(buyMilk);
    const end = await env.step("done()");
    const twin = agentEnv({ judge: silent });
    const replayed = twin.replay(throughJson(env));
    expect(replayed.info.reward_info).toEqual(end.info.reward_info);
    expect(replayed.info.simulation_run).toEqual(end.info.simulation_run);
    expect(replayed.info.report).toEqual(end.info.report);
    expect(twin.done).toBe(true);
  });

  test("of an ungraded end, and of an interrupted episode, keeps the fault", async () => {
    const ungraded = agentEnv({ taskId: "polite", judge: { judge: () => Promise.reject(new ModelError("timeout", "no verdict")) } });
    await ungraded.reset();
    await ungraded.step("done()");
    const broken = agentEnv({ user: scriptedModel(["Hi.", new ModelError("transient", "overloaded")]) });
    await broken.reset();
    await broken.step("Hello.");
    for (const [env, message] of [
      [ungraded, "no verdict"],
      [broken, "overloaded"],
    ] as const) {
      const twin = agentEnv({ judge: silent });
      expect(twin.replay(throughJson(env)).info.error).toEqual({ ...env.snapshot().fault, error: undefined, message });
      expect(await twin.step("Hello?")).toMatchObject({ reward: null });
    }
  });

  test("begins with the task's history where it has one", async () => {
    const env = agentEnv({ taskId: "resumed" });
    await env.reset();
    const record = throughJson(env);
    const twin = agentEnv({ user: silent });
    twin.replay(record);
    expect(twin.messages).toEqual(env.messages);
  });

  test("can be of a user", async () => {
    const env = userEnv();
    await env.reset();
    await env.step("dismiss_notification(notification_id='n1')");
    const twin = userEnv({ agent: silent });
    twin.replay(throughJson(env));
    expect(twin.messages).toEqual(env.messages);
    expect(() => agentEnv().replay(throughJson(env))).toThrow("the learner of the record is the user");
  });
});

describe("what does not come out again is refused", () => {
  const mistakes: [string, (record: EpisodeRecord) => EpisodeRecord, string | RegExp][] = [
    [
      "other answers of tools",
      (r) => ({ ...r, messages: r.messages.map((m) => (m.role === "tool" ? { ...m, content: "[]" } : m)) }),
      /message 4 is replayed as\ntool: /,
    ],
    [
      "another greeting",
      (r) => ({ ...r, messages: [{ ...r.messages[0]!, content: "Yes?" }, ...r.messages.slice(1)] }),
      "message 1 is replayed as",
    ],
    ["an end in the middle of a call", (r) => ({ ...r, messages: r.messages.slice(0, 3) }), "the environment is next"],
    ["an end where the user is next", (r) => ({ ...r, messages: r.messages.slice(0, 1) }), "the user is next"],
    ["nothing at all", (r) => ({ ...r, messages: [] }), "it ends after 0 messages"],
    ["a message out of turn", (r) => ({ ...r, messages: [...r.messages, r.messages[1]!] }), "it is the agent's turn, not the user's"],
    ["an answer to no call", (r) => ({ ...r, messages: [...r.messages, r.messages[3]!] }), "message 5 is from the tool"],
    ["a reason that nothing gives", (r) => ({ ...r, ended: "user_stop" }), "its `ended` is user_stop"],
    [
      "words after the end",
      (r) => ({ ...r, messages: [r.messages[0]!, { ...r.messages[1]!, content: "###STOP###" }, r.messages[2]!] }),
      "its messages continue after message 2",
    ],
    [
      "a grade without an end",
      (r) => ({ ...r, ending: { simulation_id: "x", ended_at: r.started_at, reward_info: null, report: null } }),
      "it holds a grade",
    ],
  ];
  test.each(mistakes)("%s", async (_, spoil, reason) => {
    const env = agentEnv();
    await env.reset();
    await env.step("get_users()");
    const twin = agentEnv();
    expect(() => twin.replay(spoil(throughJson(env)))).toThrow(reason);
    expect(() => twin.snapshot()).toThrow("call reset() first");
  });
});

function judgement(assertions: readonly string[]) {
  return {
    verdicts: assertions.map((nl_assertion) => ({ nl_assertion, met: true, justification: "" })),
    effort: { model: "judge", attempts: 1, cost: 0, usage: null },
  };
}
