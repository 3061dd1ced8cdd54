import type { AssistantMessage } from "@tau2/domains";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Agent, AgentTurn } from "../agent/agent.ts";
import { functionAgent } from "../agent/function-agent.ts";
import { goldAgent } from "../agent/gold-agent.ts";
import { agentSays, deskSetup, deskTask, lines, ringBell, switchOn } from "../../test/desk.ts";
import { agentKinds, userKinds } from "./kinds.ts";
import { runAttempt, type AttemptOptions } from "./attempt.ts";
const unit = { task: deskTask({}, { actions: [ringBell, switchOn] }), trial: 0, seed: 7 };
const options: AttemptOptions = { environment: deskSetup(), agent: agentKinds.gold.factory({}), user: userKinds.scripted.factory({}) };
const never = () => new Promise<never>(() => {});
const agentOf = (respond: (turn: AgentTurn) => AssistantMessage | Promise<AssistantMessage>) => (): Agent => ({
  implementation: "test",
  model: null,
  respond,
});

describe("a simulation", () => {
  test("goes from the greeting to the end, user's steps among them", async () => {
    const { trajectory, conversation } = await held(runAttempt(unit, options));
    expect(trajectory.terminationReason).toBe("user_stop");
    expect(lines(trajectory.messages).filter((line) => line.includes("()"))).toEqual([
      expect.stringMatching(/^assistant: Please .*ring_bell\(\)/),
      "user: ring_bell()",
      "assistant: switch_lamp()",
    ]);
    expect(conversation.state).toMatchObject({ agent: { lit: true }, user: { rings: 1 } });
  });

  test("its participants get what they need for it", async () => {
    const seen: unknown[] = [];
    const task = deskTask({ user_tools: [] });
    await runAttempt(
      { task, trial: 2, seed: 7 },
      {
        ...options,
        agent({ tools, ...context }) {
          seen.push({ ...context, tools: tools.map((tool) => tool.function.name) });
          return goldAgent(context);
        },
        user(context) {
          seen.push(context);
          return userKinds.scripted.factory({})(context);
        },
      },
    );
    const context = { task, environment: options.environment, policy: "Be kind to lamps.", seed: 7, trial: 2 };
    expect(seen).toEqual([
      { ...context, tools: ["switch_lamp", "look"] },
      { ...context, tools: null },
    ]);
  });

  test("alone the agent has the user's tools too, and ends it itself", async () => {
    const alone = { ...options, environment: deskSetup({ solo: true }), user: userKinds.dummy_user.factory({}) };
    const { trajectory } = await held(runAttempt(unit, alone));
    expect([trajectory.terminationReason, lines(trajectory.messages).at(-1)]).toEqual(["agent_stop", "assistant: ###STOP###"]);
  });
});

describe("faults", () => {
  const faultOfAgent = async (respond: Parameters<typeof agentOf>[0], more: Partial<AttemptOptions> = {}) => {
    const attempt = await runAttempt(unit, { ...options, ...more, agent: agentOf(respond) });
    return { class: attempt.fault?.class, role: attempt.fault?.role, said: attempt.conversation?.messages.length };
  };

  test("an agent that throws, at once or later, is at fault; what was said by then is kept", async () => {
    const throwing = () => {
      throw new Error("oops");
    };
    expect(await faultOfAgent(throwing)).toEqual({ class: "agent", role: "agent", said: 2 });
    expect(await faultOfAgent(async () => throwing())).toEqual({ class: "agent", role: "agent", said: 2 });
  });

  test("so is one whose message is empty, or calls nothing", async () => {
    expect(await faultOfAgent(() => agentSays(" "))).toEqual({ class: "agent", role: "agent", said: 2 });
    expect(await faultOfAgent(() => agentSays("Hm", []))).toEqual({ class: "agent", role: "agent", said: 3 });
  });

  test("a user that cannot speak is at fault itself", async () => {
    const attempt = await runAttempt(unit, { ...options, user: userKinds.dummy_user.factory({}) });
    expect(attempt.fault).toMatchObject({ class: "user", role: "user", transient: false });
  });

  test("a participant that cannot be made is at fault before it says anything", async () => {
    const attempt = await runAttempt(unit, {
      ...options,
      agent() {
        throw new Error("no such model");
      },
    });
    expect(attempt).toMatchObject({ fault: { class: "agent" }, conversation: null });
  });

  test("an initial state that cannot be made is nobody's fault but the environment's", async () => {
    const task = deskTask({ initial_state: { initialization_actions: [{ env_type: "assistant", func_name: "explode", arguments: {} }] } });
    expect((await runAttempt({ ...unit, task }, options)).fault).toMatchObject({ class: "infrastructure", role: "environment" });
  });

  test("a turn that takes too long is given up, and its signal fires", async () => {
    let signal: AbortSignal | undefined;
    const slow = (turn: AgentTurn) => {
      ({ signal } = turn);
      return never();
    };
    expect(await faultOfAgent(slow, { turnTimeoutMs: 10 })).toEqual({ class: "timeout", role: "agent", said: 2 });
    expect(signal?.aborted).toBe(true);
  });

  test("the caller's signal ends even a turn that ignores it", async () => {
    const controller = new AbortController();
    const attempt = runAttempt(
      unit,
      {
        ...options,
        agent: agentOf(() => {
          setImmediate(() => controller.abort(new Error("enough")));
          return never();
        }),
      },
      { signal: controller.signal },
    );
    expect((await attempt).fault).toMatchObject({ class: "cancelled", transient: false });
  });
});

describe("time", () => {
  afterEach(() => void vi.useRealTimers());

  test("that runs out while an agent thinks ends the conversation where it stands", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "performance"] });
    const thinking = agentOf(() => {
      vi.advanceTimersByTime(20_000);
      return never();
    });
    const { trajectory } = await held(runAttempt(unit, { ...options, agent: thinking, timeoutSeconds: 20 }));
    expect(trajectory.terminationReason).toBe("timeout");
    expect(lines(trajectory.messages)).toEqual(["assistant: Hi! How can I help you today?", expect.stringMatching(/^user: /)]);
  });

  test("leaves no timer behind", async () => {
    const before = timers().length;
    await held(runAttempt(unit, { ...options, agent: slowGold, timeoutSeconds: 1000, turnTimeoutMs: 1000_000 }));
    // A timer of an earlier test may end meanwhile.
    expect(timers().length).toBeLessThanOrEqual(before);
  });

  test("of more than a timer can hold is no time limit at all", async () => {
    const { trajectory } = await held(runAttempt(unit, { ...options, agent: slowGold, timeoutSeconds: 1e9, turnTimeoutMs: 1e12 }));
    expect(trajectory.terminationReason).toBe("user_stop");
  });
});

test("a watcher sees every step", async () => {
  const steps: number[] = [];
  await runAttempt(unit, options, { onStep: ({ steps: n }) => steps.push(n) });
  expect(steps).toEqual(steps.map((_, i) => i + 1));
});

function slowGold({ task }: { task: typeof unit.task }): Agent {
  const gold = goldAgent({ task });
  return functionAgent(async (turn) => {
    const { content, tool_calls } = gold.respond(turn);
    return { content, tool_calls };
  });
}

async function held(attempt: ReturnType<typeof runAttempt>) {
  const result = await attempt;
  if (result.fault) throw result.fault.error;
  return result;
}

function timers(): string[] {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout");
}
