import { Tau2Error } from "@tau2/domains";
import { didYouMean, isRecord, parseCallArguments } from "@tau2/domains/internal";
import type { ActionFromLLM, ActionInput, ContextMessage, ModelMessage } from "./messages.ts";
import type { EpisodeState } from "./state.ts";
import type { TaskListName } from "./task-lists.ts";

/** Refuses unknown keywords. @throws Tau2Error `invalid` naming the keyword and the nearest known one */
export function checkKeywords(of: string, given: object, known: readonly string[]): void {
  if (!isRecord(given)) throw new Tau2Error("invalid", `${of} expects one object of keywords: ${known.join(", ")}`);
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new Tau2Error("invalid", `${of}: unknown keyword '${unknown}'${didYouMean(unknown, known) || `; use ${known.join(", ")}`}`);
}

/** Keywords of `reset`. */
export interface ResetKeywords {
  /** Index of the task in its list; it wraps around. Default: 0. */
  sample_idx?: number | undefined;
  /** Index of the attempt at the task, for the state. Default: 0. */
  generation_idx?: number | undefined;
  /** Default: 0. */
  try_step?: number | undefined;
  /** Written to the state. Default: 0. */
  batch_idx?: number | undefined;
  /** List of tasks, for callers that share an environment. Default: `split` of the environment. */
  split?: TaskListName | undefined;
}

/** Keywords of `reset` with a signal that cancels it. */
export interface AsyncResetKeywords extends ResetKeywords {
  signal?: AbortSignal | undefined;
}

const numbers = ["sample_idx", "generation_idx", "try_step", "batch_idx"] as const;
const splits: readonly TaskListName[] = ["train", "eval", "test"];

/** Keywords of `reset` with defaults. */
export type ParsedReset = Record<(typeof numbers)[number], number> & { split: TaskListName };

/** Parses the keywords of `reset`. @throws Tau2Error `invalid` naming the keyword that is unknown or has a wrong value */
export function parseReset(keywords: AsyncResetKeywords, split: TaskListName, own: readonly string[] = []): ParsedReset {
  checkKeywords("reset", keywords, [...numbers, "split", ...own]);
  const read = Object.fromEntries(numbers.map((key) => [key, keywords[key] ?? 0])) as Record<(typeof numbers)[number], number>;
  const odd = numbers.find((key) => !Number.isSafeInteger(read[key]));
  if (odd) throw new Tau2Error("invalid", `${odd} is ${String(read[odd])}; it must be an integer`);
  const chosen = keywords.split ?? split;
  if (!splits.includes(chosen)) throw new Tau2Error("invalid", `unknown split '${chosen}'; use ${splits.join(", ")}`);
  return { ...read, split: chosen };
}

const keys = ["role", "type", "text", "call_id", "name", "arguments"] as const;

/** Completes actions of a caller. @throws Tau2Error `invalid` naming the wrong action */
function parseActions(actions: readonly ActionInput[]): ActionFromLLM[] {
  if (!Array.isArray(actions)) throw new Tau2Error("invalid", "parsed_actions is not a list; give a list of actions, which may be empty");
  return actions.map((action: ActionInput, i) => {
    const place = `parsed_actions[${i}]`;
    if (!isRecord(action)) throw new Tau2Error("invalid", `${place} is not an object with ${keys.join(", ")}`);
    checkKeywords(place, action, keys);
    const { role = "assistant", type, text = null, call_id = null, name = null, arguments: args = null } = action;
    for (const [key, value] of Object.entries({ role, type })) requireText(place, key, value);
    for (const [key, value] of Object.entries({ text, call_id, name })) if (value !== null) requireText(place, key, value);
    const parsed = args === null ? { arguments: null } : parseCallArguments(args);
    if ("problem" in parsed) throw new Tau2Error("invalid", `${place}.arguments is ${parsed.problem}; give an object`);
    return { role, type, text, call_id, name, arguments: parsed.arguments };
  });
}

function requireText(place: string, key: string, value: unknown): void {
  if (typeof value !== "string") throw new Tau2Error("invalid", `${place}.${key} is ${value === undefined ? "missing" : "not a string"}`);
}

/** Keywords of `step`. */
export interface StepKeywords {
  /** Actions of the model, in order. `getActions` parses them from a text. */
  parsed_actions: readonly ActionInput[];
  /** Messages of the model, for the next state. */
  model_response?: readonly ModelMessage[] | null | undefined;
  /** State before the step. */
  current_state: EpisodeState;
  /** Messages that the model received, see `toModelMessages`, for the next state. Default: none. */
  current_messages?: readonly ContextMessage[] | null | undefined;
}

/** Keywords of `step` with a signal that cancels it. */
export interface AsyncStepKeywords extends StepKeywords {
  signal?: AbortSignal | undefined;
}

/** Keywords of `step` with defaults. */
export interface ParsedStep {
  actions: ActionFromLLM[];
  model_response: readonly ModelMessage[] | null;
  current_state: EpisodeState;
  current_messages: readonly ContextMessage[];
}

const stepKeys = ["parsed_actions", "model_response", "current_state", "current_messages"] as const;

/** Parses the keywords of `step`. @throws Tau2Error `invalid` naming the keyword that is unknown or has a wrong value */
export function parseStep(keywords: AsyncStepKeywords, own: readonly string[] = []): ParsedStep {
  checkKeywords("step", keywords, [...stepKeys, ...own]);
  const { parsed_actions, model_response = null, current_state, current_messages } = keywords;
  if (!isRecord(current_state) || !isRecord(current_state["tau2_episode"])) {
    throw new Tau2Error("invalid", "current_state is not a state of an environment: give the state that reset or the last step returned");
  }
  for (const [key, list] of Object.entries({ model_response, current_messages: current_messages ?? null })) {
    if (list !== null && !Array.isArray(list)) throw new Tau2Error("invalid", `${key} is not a list of messages`);
  }
  return { actions: parseActions(parsed_actions), model_response, current_state, current_messages: current_messages ?? [] };
}
