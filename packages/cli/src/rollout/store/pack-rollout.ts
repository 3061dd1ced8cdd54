import type { EpisodeStep, FlatTool, ModelMessage, Rollout } from "@tau2/gym/training";

/** A step whose messages are places in a list. */
type PackedStep = Omit<EpisodeStep, "state" | "action" | "next_obs" | "tools"> & {
  state: number[];
  action: number;
  next_obs: number[];
  tools: number | null;
};

/** A rollout as its log keeps it: what each step shows again stands in it once. */
export type PackedRollout = Omit<Rollout, "episode_steps"> & {
  messages: ModelMessage[];
  tools: (readonly FlatTool[])[];
  steps: PackedStep[];
};

/** Puts a rollout into the form of the log. */
export function packRollout({ episode_steps, ...rollout }: Rollout): PackedRollout {
  const messages = indexed<ModelMessage>(messageKey);
  const tools = indexed<readonly FlatTool[]>((list) => JSON.stringify(list));
  const steps = episode_steps.map((step): PackedStep => ({
    ...step,
    state: step.state.map(messages.place),
    action: messages.place(step.action),
    next_obs: step.next_obs.map(messages.place),
    tools: step.tools && tools.place(step.tools),
  }));
  return { ...rollout, messages: messages.values, tools: tools.values, steps };
}

/** What the log keeps as the rollout that it was. @param shared texts that many rollouts have are kept once for all that are unpacked with the same one */
export function unpackRollout({ messages, tools, steps, ...rollout }: PackedRollout, shared = new Map<string, unknown>()): Rollout {
  const once = <T>(value: T): T => {
    const key = JSON.stringify(value);
    if (!shared.has(key)) shared.set(key, value);
    return shared.get(key) as T;
  };
  const said = messages.map((message) => (message.role === "system" ? once(message) : message));
  const lists = tools.map(once);
  const episode_steps = steps.map((step): EpisodeStep => ({
    ...step,
    state: step.state.map((place) => said[place]!),
    action: said[step.action]!,
    next_obs: step.next_obs.map((place) => said[place]!),
    tools: step.tools === null ? null : lists[step.tools]!,
  }));
  return { ...rollout, episode_steps };
}

/** Values in the order in which they come first; equal ones have one place. */
function indexed<T extends object>(keyOf: (value: T) => string): { values: T[]; place: (value: T) => number } {
  const values: T[] = [];
  const places = new Map<T | string, number>();
  return {
    values,
    place(value) {
      const known = places.get(value) ?? places.get(keyOf(value));
      const place = known ?? values.push(value) - 1;
      places.set(value, place).set(keyOf(value), place);
      return place;
    },
  };
}

function messageKey(message: ModelMessage): string {
  return message.role === "system" ? `system ${message.content}` : JSON.stringify(message);
}
