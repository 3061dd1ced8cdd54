import { deepFreeze } from "./deep-freeze.ts";
import type { EnvironmentConfig, EnvironmentState } from "./setup.ts";
import { updateState } from "./state.ts";
import type { Tool } from "./tool.ts";
import { toToolOutput } from "./wire.ts";

/** Which of the two databases. */
export type Side = "agent" | "user";

/** The state before anything happened: the data, synced once. */
export function createBaseState(setup: EnvironmentConfig): EnvironmentState {
  return syncState(setup, deepFreeze({ agent: setup.data.db, user: setup.data.userDb, issued: 0, notes: {} }));
}

/** The state after the domain's sync hook. */
export function syncState(setup: EnvironmentConfig, state: EnvironmentState): EnvironmentState {
  const { domain } = setup;
  if (!domain.sync) return state;
  const next = updateState(state, (draft) => atOnce(domain.sync?.(draft), "a sync hook"));
  if ("thrown" in next) throw next.thrown;
  return next.state;
}

/** What running a rule came to. What it had changed before a throw is in the state. */
type Execution = { state: EnvironmentState; value: unknown; text: string } | { state: EnvironmentState; thrown: unknown };

/** Runs a tool's rule on its side of a state; the arguments are checked already. */
export function runTool(
  setup: EnvironmentConfig,
  state: EnvironmentState,
  side: Side,
  tool: Tool,
  args: Record<string, unknown>,
): Execution {
  const run = (target: { -readonly [K in keyof EnvironmentState]: EnvironmentState[K] }) => {
    const context = { db: target[side] as never, notes: target.notes, newId: () => setup.newId(++target.issued) };
    const value = atOnce(tool.run(context, args as never), "a rule");
    return { value, text: toToolOutput(tool.result, value) };
  };
  if (tool.kind !== "write") {
    try {
      return { state, ...run({ ...state }) };
    } catch (thrown) {
      return { state, thrown };
    }
  }
  const next = updateState(state, run);
  return "thrown" in next ? next : { state: next.state, ...next.value };
}

/** Types let a promise through where a result may be anything, and what it does later would be lost. @throws TypeError for a promise */
function atOnce<T>(value: T, what: string): T {
  if (!(value instanceof Promise)) return value;
  value.catch(() => {});
  throw new TypeError(`${what} must answer at once, and this one returned a promise`);
}
