import {
  diffStates,
  createInitialState,
  hasToolCalls,
  executeToolCall,
  type EnvironmentConfig,
  type EnvironmentState,
  type Message,
  type ToolCall,
} from "@tau2/domains";
import { toolOutputsEqual, type DiffEntry, type InitialState } from "@tau2/domains/internal";

/** A place of the databases that a call changed. */
export interface StateChange extends DiffEntry {
  readonly side: "agent" | "user";
}

/** One message of a trajectory, and for the answer of a tool what the call does when it is made again. */
export interface ReplayedStep {
  readonly message: Message;
  /** True for a message from before the conversation began. */
  readonly isHistory: boolean;
  readonly changes: readonly StateChange[];
  /** Answer of the tool now; null if it equals the recorded one. */
  readonly answersNow: string | null;
}

/** Plays a trajectory's calls once more, one after the other. Where even its beginning cannot be made any more, the messages come alone. */
export function replaySteps(setup: EnvironmentConfig, initial: InitialState | null, messages: readonly Message[]): ReplayedStep[] {
  const historyLength = initial?.message_history?.length ?? 0;
  let state = beginning(setup, initial);
  let calls: ToolCall[] = [];
  return messages.map((message, i): ReplayedStep => {
    const isHistory = i < historyLength;
    if (hasToolCalls(message)) calls = [...message.tool_calls];
    const call = message.role === "tool" ? calls.shift() : undefined;
    if (message.role !== "tool" || !call || !state || isHistory) return { message, isHistory, changes: [], answersNow: null };
    const { state: next, message: answer } = executeToolCall(setup, state, call);
    const changes = changesBetween(state, next);
    state = next;
    return { message, isHistory, changes, answersNow: toolOutputsEqual(answer, message) ? null : (answer.content ?? "") };
  });
}

function beginning(setup: EnvironmentConfig, initial: InitialState | null): EnvironmentState | null {
  try {
    return createInitialState(setup, initial ?? {}, { strict: false });
  } catch {
    return null;
  }
}

function changesBetween(before: EnvironmentState, after: EnvironmentState): StateChange[] {
  return (["agent", "user"] as const).flatMap((side) => diffStates(before[side], after[side]).map((entry) => ({ side, ...entry })));
}
