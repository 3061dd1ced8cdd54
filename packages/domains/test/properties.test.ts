import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { airline } from "../src/airline/index.ts";
import { hashDatabase } from "../src/core/schema/hash-database.ts";
import { Environment } from "../src/core/environment/environment.ts";
import {
  createEnvironmentConfig,
  executeToolCall,
  findToolOnEitherSide,
  type EnvironmentConfig,
  type EnvironmentState,
} from "../src/core/environment/execute-tool-call.ts";
import { createInitialState } from "../src/core/environment/create-initial-state.ts";
import type { Domain } from "../src/core/domain/domain.ts";
import type { Message, ToolCall } from "../src/core/task/message.ts";
import { loadData } from "../src/data/index.ts";
import { mock } from "../src/mock/index.ts";
import { retail } from "../src/retail/index.ts";
import { telecom } from "../src/telecom/index.ts";
import { arbitraryCalls } from "./arbitrary-call.ts";

/** Rules of every domain for any calls of a model: about 1,000 random well-formed calls a property. */
const runs = { numRuns: 100 };

describe.each([airline, retail, telecom, mock] as unknown as Domain[])("$name", (domain) => {
  const setup: EnvironmentConfig = createEnvironmentConfig(domain, loadData(domain, { dataDir: null }), {
    newId: (n) => n.toString(16).padStart(8, "0"),
  });
  const start = createInitialState(setup, startOf(domain));
  const calls = arbitraryCalls(setup, 20);

  test("a call does not throw, and its answer is an error text, prose or JSON", () => {
    fc.assert(
      fc.property(calls, (list) => {
        play(setup, start, list, ({ content, error }, call) => {
          expect(content?.startsWith("Error: ") ?? false).toBe(error);
          expect(content).not.toMatch(/failed inside/);
          if (!error && /^[[{]/.test(content ?? "")) expect(() => JSON.parse(content ?? ""), call.name).not.toThrow();
        });
      }),
      runs,
    );
  });

  test("only write tools change the databases", () => {
    fc.assert(
      fc.property(calls, (list) => {
        let before = start;
        play(setup, start, list, (_, call, after) => {
          // A sync may follow any call; what it does is not the tool's doing.
          const writes = findToolOnEitherSide(domain, call.name)?.kind === "write" || domain.sync !== undefined;
          if (!writes) expect(after.agent === before.agent && after.user === before.user).toBe(true);
          before = after;
        });
      }),
      runs,
    );
  });

  test("recorded calls replay to the same state", () => {
    fc.assert(
      fc.property(calls, (list) => {
        const history: Message[] = [];
        const end = play(setup, start, list, (message, call) => {
          history.push({ role: call.requestor, content: null, tool_calls: [call] }, message);
        });
        const replayed = createInitialState(setup, { ...startOf(domain), message_history: history });
        expect(replayed.agent).toEqual(end.agent);
        expect(replayed.user).toEqual(end.user);
      }),
      runs,
    );
  });

  test("forks of a state are independent", () => {
    fc.assert(
      fc.property(calls, calls, (left, right) => {
        const root = new Environment(setup, start);
        const [a, b] = [root.fork(), root.fork()];
        const alone = play(setup, start, right, () => {});
        for (const call of left) a.execute(call);
        for (const call of right) b.execute(call);
        expect(root.snapshot()).toBe(start);
        expect(b.db).toEqual(alone.agent);
        expect(b.userDb).toEqual(alone.user);
      }),
      { numRuns: 50 },
    );
  });

  test("equal states have equal hashes", () => {
    const hash = (state: EnvironmentState) => hashDatabase(domain.agent.database, state.agent);
    fc.assert(
      fc.property(calls, (list) => {
        const end = play(setup, start, list, () => {});
        expect(hash({ ...end, agent: structuredClone(end.agent) })).toBe(hash(end));
      }),
      { numRuns: 5 },
    );
  });
});

/** In telecom nothing reaches the carrier until the phone knows its line. */
function startOf(domain: Domain) {
  if (domain.name !== "telecom") return {};
  const introduction = {
    env_type: "user" as const,
    func_name: "set_user_info",
    arguments: { phone_number: "555-123-2002", name: "John Smith" },
  };
  return { initialization_actions: [introduction] };
}

function play(
  setup: EnvironmentConfig,
  start: EnvironmentState,
  calls: readonly ToolCall[],
  onAnswer: (message: ReturnType<typeof executeToolCall>["message"], call: ToolCall, state: EnvironmentState) => void,
): EnvironmentState {
  let state = start;
  for (const call of calls) {
    const outcome = executeToolCall(setup, state, call);
    state = outcome.state;
    onAnswer(outcome.message, call, state);
  }
  return state;
}
