import { Tau2Error, type JsonObject } from "@tau2/domains";
import { didYouMean, isRecord } from "@tau2/domains/internal";
import type { ActionFromLLM, ActionInput, ContextMessage, ModelMessage } from "./messages.ts";
import type { EpisodeState } from "./state.ts";
import type { TaskListName } from "./task-lists.ts";

/** Refuses what nobody would look at. @throws Tau2Error `invalid` naming the keyword and the one that was probably meant */
export function checkKeywords(of: string, given: object, known: readonly string[]): void {
  if (!isRecord(given)) throw new Tau2Error("invalid", `${of} takes one object of keywords: ${known.join(", ")}`);
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new Tau2Error("invalid", `${of} has no keyword '${unknown}'${didYouMean(unknown, known) || `; there are ${known.join(", ")}`}`);
}

/** What `reset` takes. */
export interface ResetKeywords {
  /** Which task: its place in the list, wrapped around at the end. By default 0. */
  sample_idx?: number | undefined;
  /** Which of several attempts at the same task; kept in the state. By default 0. */
  generation_idx?: number | undefined;
  /** By default 0. */
  try_step?: number | undefined;
  /** Kept in the state. By default 0. */
  batch_idx?: number | undefined;
  /** Which list, in place of the environment's `split`: for those who share an environment. */
  split?: TaskListName | undefined;
}

/** The same with a way to give up waiting. */
export interface AsyncResetKeywords extends ResetKeywords {
  signal?: AbortSignal | undefined;
}

const numbers = ["sample_idx", "generation_idx", "try_step", "batch_idx"] as const;
const splits: readonly TaskListName[] = ["train", "eval", "test"];

/** What `reset` was given, with nothing left out. */
export type ParsedReset = Record<(typeof numbers)[number], number> & { split: TaskListName };

/** @throws Tau2Error `invalid` naming the keyword that does not exist, or whose value cannot be used */
export function parseReset(keywords: AsyncResetKeywords, split: TaskListName, own: readonly string[] = []): ParsedReset {
  checkKeywords("reset", keywords, [...numbers, "split", ...own]);
  const read = Object.fromEntries(numbers.map((key) => [key, keywords[key] ?? 0])) as Record<(typeof numbers)[number], number>;
  const odd = numbers.find((key) => !Number.isSafeInteger(read[key]));
  if (odd) throw new Tau2Error("invalid", `${odd} is ${String(read[odd])}; it must be a whole number`);
  const chosen = keywords.split ?? split;
  if (!splits.includes(chosen)) throw new Tau2Error("invalid", `there is no split '${chosen}'; there are ${splits.join(", ")}`);
  return { ...read, split: chosen };
}

const keys = ["role", "type", "text", "call_id", "name", "arguments"] as const;

/** Actions as a caller gives them, with nothing left out. @throws Tau2Error `invalid` naming the action and what is wrong with it */
export function parseActions(actions: readonly ActionInput[]): ActionFromLLM[] {
  if (!Array.isArray(actions)) throw new Tau2Error("invalid", "parsed_actions is not a list; give a list of actions, which may be empty");
  return actions.map((action: ActionInput, i) => {
    const place = `parsed_actions[${i}]`;
    if (!isRecord(action)) throw new Tau2Error("invalid", `${place} is not an object with ${keys.join(", ")}`);
    checkKeywords(place, action, keys);
    const { role = "assistant", type, text = null, call_id = null, name = null, arguments: args = null } = action;
    for (const [key, value] of Object.entries({ role, type })) requireText(place, key, value);
    for (const [key, value] of Object.entries({ text, call_id, name })) if (value !== null) requireText(place, key, value);
    if (args !== null && !isRecord(args)) {
      throw new Tau2Error("invalid", `${place}.arguments is not an object; parse them first if they are JSON text`);
    }
    return { role, type, text, call_id, name, arguments: args };
  });
}

function requireText(place: string, key: string, value: unknown): void {
  if (typeof value !== "string") throw new Tau2Error("invalid", `${place}.${key} is ${value === undefined ? "missing" : "not text"}`);
}

/** What `step` takes. */
export interface StepKeywords {
  /** What the model did, in its order; see `getActions` for a model whose calls stand in its text. */
  parsed_actions: readonly ActionInput[];
  /** What the model said, to be kept in the next state. */
  model_response?: readonly ModelMessage[] | null | undefined;
  /** Where to step from. */
  current_state: EpisodeState;
  /** What the model was shown, see `modelMessages`; kept in the next state. By default nothing. */
  current_messages?: readonly ContextMessage[] | null | undefined;
}

/** The same with a way to give up waiting. */
export interface AsyncStepKeywords extends StepKeywords {
  signal?: AbortSignal | undefined;
}

/** What `step` was given, with nothing left out. */
export interface ParsedStep {
  actions: ActionFromLLM[];
  model_response: readonly ModelMessage[] | null;
  current_state: EpisodeState;
  current_messages: readonly ContextMessage[];
}

const stepKeywordsKeys = ["parsed_actions", "model_response", "current_state", "current_messages"] as const;

/** @throws Tau2Error `invalid` naming the keyword that does not exist, or whose value cannot be used */
export function parseStep(keywords: AsyncStepKeywords, own: readonly string[] = []): ParsedStep {
  checkKeywords("step", keywords, [...stepKeywordsKeys, ...own]);
  const { parsed_actions, model_response = null, current_state, current_messages } = keywords;
  if (!isRecord(current_state) || !isRecord(current_state["tau2_episode"])) {
    throw new Tau2Error("invalid", "current_state is no state of an environment: give the one that reset or the last step returned");
  }
  for (const [key, list] of Object.entries({ model_response, current_messages: current_messages ?? null })) {
    if (list !== null && !Array.isArray(list)) throw new Tau2Error("invalid", `${key} is not a list of messages`);
  }
  return { actions: parseActions(parsed_actions), model_response, current_state, current_messages: current_messages ?? [] };
}
