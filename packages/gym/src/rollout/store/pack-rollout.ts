import type { FlatTool, ModelMessage } from "../../training/messages.ts";
import type { EpisodeStep, Rollout } from "../rollout-record.ts";

/** A step whose messages and tools are indexes into lists. */
type PackedStep = Omit<EpisodeStep, "state" | "action" | "next_obs" | "tools"> & {
  state: number[];
  action: number;
  next_obs: number[];
  tools: number | null;
};

/** A rollout as its log stores it: repeated parts of its steps are stored once. */
export type PackedRollout = Omit<Rollout, "episode_steps"> & {
  messages: ModelMessage[];
  tools: (readonly FlatTool[])[];
  steps: PackedStep[];
};

/** Packs a rollout for the log. */
export function packRollout({ episode_steps, ...rollout }: Rollout): PackedRollout {
  const messages = createIndex<ModelMessage>(getMessageKey);
  const tools = createIndex<readonly FlatTool[]>((list) => JSON.stringify(list));
  const steps = episode_steps.map((step): PackedStep => ({
    ...step,
    state: step.state.map(messages.add),
    action: messages.add(step.action),
    next_obs: step.next_obs.map(messages.add),
    tools: step.tools && tools.add(step.tools),
  }));
  return { ...rollout, messages: messages.values, tools: tools.values, steps };
}

/**
 * Restores a rollout from its log entry.
 * @param shared values that rollouts have in common, by their text; rollouts that are unpacked with the same map share one copy of each
 */
export function unpackRollout({ messages, tools, steps, ...rollout }: PackedRollout, shared = new Map<string, unknown>()): Rollout {
  const share = <T>(value: T): T => {
    const key = JSON.stringify(value);
    if (!shared.has(key)) shared.set(key, value);
    return shared.get(key) as T;
  };
  const unpacked = messages.map((message) => (message.role === "system" ? share(message) : message));
  const lists = tools.map(share);
  const episode_steps = steps.map((step): EpisodeStep => ({
    ...step,
    state: step.state.map((index) => unpacked[index]!),
    action: unpacked[step.action]!,
    next_obs: step.next_obs.map((index) => unpacked[index]!),
    tools: step.tools === null ? null : lists[step.tools]!,
  }));
  return { ...rollout, episode_steps };
}

/** Creates a list of values in the order in which they come first. Equal values have one index. */
function createIndex<T extends object>(getKey: (value: T) => string): { values: T[]; add: (value: T) => number } {
  const values: T[] = [];
  const indexes = new Map<T | string, number>();
  return {
    values,
    add(value) {
      const known = indexes.get(value) ?? indexes.get(getKey(value));
      const index = known ?? values.push(value) - 1;
      indexes.set(value, index).set(getKey(value), index);
      return index;
    },
  };
}

function getMessageKey(message: ModelMessage): string {
  return message.role === "system" ? `system ${message.content}` : JSON.stringify(message);
}
