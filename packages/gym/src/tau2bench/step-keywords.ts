import { isRecord, Tau2Error } from "@tau2/domains";
import { readActions, type ActionFromLLM, type ActionInput } from "./action-from-llm.ts";
import { checkKeywords } from "./keywords.ts";
import type { ContextMessage, ModelMessage } from "./messages.ts";
import type { EpisodeState } from "./state.ts";

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
export interface ReadStep {
  actions: ActionFromLLM[];
  model_response: readonly ModelMessage[] | null;
  current_state: EpisodeState;
  current_messages: readonly ContextMessage[];
}

const keys = ["parsed_actions", "model_response", "current_state", "current_messages"] as const;

/** @throws Tau2Error `invalid` naming the keyword that does not exist, or whose value cannot be used */
export function readStep(keywords: AsyncStepKeywords, own: readonly string[] = []): ReadStep {
  checkKeywords("step", keywords, [...keys, ...own]);
  const { parsed_actions, model_response = null, current_state, current_messages } = keywords;
  if (!isRecord(current_state) || !isRecord(current_state["tau2_episode"])) {
    throw new Tau2Error("invalid", "current_state is no state of an environment: give the one that reset or the last step returned");
  }
  for (const [key, list] of Object.entries({ model_response, current_messages: current_messages ?? null })) {
    if (list !== null && !Array.isArray(list)) throw new Tau2Error("invalid", `${key} is not a list of messages`);
  }
  return { actions: readActions(parsed_actions), model_response, current_state, current_messages: current_messages ?? [] };
}
