import type { AssistantMessage } from "@tau2/domains";
import { describe, expect, test, vi } from "vitest";
import type { Agent, AgentTurn } from "../agent/agent.ts";
import { functionAgent } from "../agent/function-agent.ts";
import { goldAgent } from "../agent/gold-agent.ts";
import { agentSays, deskSetup, deskTask, lines, ringBell, switchOn } from "../../test/desk.ts";
import { agentKinds, userKinds } from "./kinds.ts";
import { runAttempt, type AttemptOptions } from "./attempt.ts";
const spec = { task: deskTask({}, { actions: [ringBell, switchOn] }), trial: 0, seed: 7 };
const options: AttemptOptions = { environment: deskSetup(), agent: agentKinds.gold.factory({}), user: userKinds.scripted.factory({}) };
const never = () => new Promise<never>(() => {});
const agentOf = (respond: (turn: AgentTurn) => AssistantMessage | Promise<AssistantMessage>) => (): Agent => ({
  implementation: "test",
  model: null,
  respond,
});

describe("a simulation", () => {
  test("runs from the greeting to the end with actions of both sides", async () => {
    const { trajectory, conversation } = await complete(runAttempt(spec, options));
    expect(trajectory.terminationReason).toBe("user_stop");
    expect(lines(trajectory.messages).filter((line) => line.includes("()"))).toEqual([
      expect.stringMatching(/^assistant: Please .*ring_bell\(\)/),
      "user: ring_bell()",
      "assistant: switch_lamp()",
    ]);
    expect(conversation.state).toMatchObject({ agent: { lit: true }, user: { rings: 1 } });
  });

  test("its participants are created with task, policy, tools, seed and trial", async () => {
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

  test("has the user's tools in solo mode, and the agent ends it", async () => {
    const alone = { ...options, environment: deskSetup({ solo: true }), user: userKinds.dummy_user.factory({}) };
    const { trajectory } = await complete(runAttempt(spec, alone));
    expect([trajectory.terminationReason, lines(trajectory.messages).at(-1)]).toEqual(["agent_stop", "assistant: ###STOP###"]);
  });
});

describe("faults", () => {
  const faultOfAgent = async (respond: Parameters<typeof agentOf>[0], more: Partial<AttemptOptions> = {}) => {
    const attempt = await runAttempt(spec, { ...options, ...more, agent: agentOf(respond) });
    return { class: attempt.fault?.class, role: attempt.fault?.role, said: attempt.conversation?.messages.length };
  };

  test("an agent that throws is the culprit, and the conversation so far is kept", async () => {
    const throwing = () => {
      throw new Error("oops");
    };
    expect(await faultOfAgent(throwing)).toEqual({ class: "agent", role: "agent", said: 2 });
    expect(await faultOfAgent(async () => throwing())).toEqual({ class: "agent", role: "agent", said: 2 });
  });

  test("an agent with an empty message is the culprit", async () => {
    expect(await faultOfAgent(() => agentSays(" "))).toEqual({ class: "agent", role: "agent", said: 2 });
    expect(await faultOfAgent(() => agentSays("Hm", []))).toEqual({ class: "agent", role: "agent", said: 3 });
  });

  test("a user that cannot speak is the culprit", async () => {
    const attempt = await runAttempt(spec, { ...options, user: userKinds.dummy_user.factory({}) });
    expect(attempt.fault).toMatchObject({ class: "user", role: "user", transient: false });
  });

  test("a participant that cannot be created is the culprit", async () => {
    const attempt = await runAttempt(spec, {
      ...options,
      agent() {
        throw new Error("no such model");
      },
    });
    expect(attempt).toMatchObject({ fault: { class: "agent" }, conversation: null });
  });

  test("an initial state that cannot be created is a fault of the environment", async () => {
    const task = deskTask({ initial_state: { initialization_actions: [{ env_type: "assistant", func_name: "explode", arguments: {} }] } });
    expect((await runAttempt({ ...spec, task }, options)).fault).toMatchObject({ class: "infrastructure", role: "environment" });
  });

  test("a turn beyond its time limit is a timeout, and its signal is aborted", async () => {
    let signal: AbortSignal | undefined;
    const slow = (turn: AgentTurn) => {
      ({ signal } = turn);
      return never();
    };
    expect(await faultOfAgent(slow, { turnTimeoutMs: 10 })).toEqual({ class: "timeout", role: "agent", said: 2 });
    expect(signal?.aborted).toBe(true);
  });

  test("the caller's signal ends a turn that ignores it", async () => {
    const controller = new AbortController();
    const attempt = runAttempt(
      spec,
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
  test("that runs out during a turn ends the conversation with timeout", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "performance"] });
    const thinking = agentOf(() => {
      vi.advanceTimersByTime(20_000);
      return never();
    });
    const { trajectory } = await complete(runAttempt(spec, { ...options, agent: thinking, timeoutSeconds: 20 }));
    expect(trajectory.terminationReason).toBe("timeout");
    expect(lines(trajectory.messages)).toEqual(["assistant: Hi! How can I help you today?", expect.stringMatching(/^user: /)]);
  });

  test("limits leave no timer behind", async () => {
    const before = timers().length;
    await complete(runAttempt(spec, { ...options, agent: slowGold, timeoutSeconds: 1000, turnTimeoutMs: 1000_000 }));
    // A timer of an earlier test may end meanwhile.
    expect(timers().length).toBeLessThanOrEqual(before);
  });

  test("limits beyond the longest timer never fire", async () => {
    const { trajectory } = await complete(runAttempt(spec, { ...options, agent: slowGold, timeoutSeconds: 1e9, turnTimeoutMs: 1e12 }));
    expect(trajectory.terminationReason).toBe("user_stop");
  });
});

test("onStep is called after every step", async () => {
  const steps: number[] = [];
  await runAttempt(spec, options, { onStep: ({ steps: n }) => steps.push(n) });
  expect(steps).toEqual(steps.map((_, i) => i + 1));
});

function slowGold({ task }: { task: typeof spec.task }): Agent {
  const gold = goldAgent({ task });
  return functionAgent(async (turn) => {
    const { content, tool_calls } = gold.respond(turn);
    return { content, tool_calls };
  });
}

async function complete(attempt: ReturnType<typeof runAttempt>) {
  const result = await attempt;
  if (result.fault) throw result.fault.error;
  return result;
}

function timers(): string[] {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout");
}
