import {
  createBaseState,
  createInitialState,
  isTau2Error,
  type EnvironmentConfig,
  type EnvironmentState,
  type Message,
} from "@tau2/domains";
import type { InitialState } from "@tau2/domains/internal";

/** Returns the state that an initial state reaches before it fails: tau2-bench leaves its databases as they were at the fault. */
export function furthestState(setup: EnvironmentConfig, initial: Partial<InitialState>): EnvironmentState {
  const functions = initial.initialization_actions ?? [];
  let state = createBaseState(setup);
  for (let count = 0; count <= functions.length; count++) {
    const start = { ...initial, initialization_actions: functions.slice(0, count), message_history: null };
    const next = attempt(() => createInitialState(setup, start));
    if (!next.state) return state;
    state = next.state;
  }
  return replayed(setup, initial) ?? state;
}

/** The state up to and with the recorded call that answers otherwise; null when the history does not hold together. */
function replayed(setup: EnvironmentConfig, initial: Partial<InitialState>): EnvironmentState | null {
  const history = initial.message_history ?? [];
  const whole = attempt(() => createInitialState(setup, initial));
  if (whole.state || !isTau2Error(whole.thrown, "replay_mismatch")) return whole.state;
  for (let end = 1; end <= history.length; end++) {
    const part: Message[] = history.slice(0, end);
    const { thrown } = attempt(() => createInitialState(setup, { ...initial, message_history: part }));
    const isMismatch = isTau2Error(thrown, "replay_mismatch");
    if (isMismatch) return createInitialState(setup, { ...initial, message_history: part }, { strict: false });
  }
  return null;
}

function attempt(make: () => EnvironmentState): { state: EnvironmentState | null; thrown?: unknown } {
  try {
    return { state: make() };
  } catch (thrown) {
    return { state: null, thrown };
  }
}
