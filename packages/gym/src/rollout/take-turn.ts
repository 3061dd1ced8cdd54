import type { MaybePromise } from "../maybe-promise.ts";
import type { ActionFromLLM, StepKeywords } from "../training/keywords.ts";
import { toModelMessages, plainMessage } from "../training/model-messages.ts";
import type { TrainingStep } from "../training/next-state.ts";
import type { EpisodeState } from "../training/state.ts";
import { episodeSeed } from "./episode-seed.ts";
import { episodeStep, type EpisodeStep } from "./episode-step.ts";
import type { Policy, PolicyTurn } from "./policy.ts";
import { replyActions, replyMessage } from "./reply-actions.ts";
import type { RolloutKey } from "./rollout-record.ts";
import { stepTokens } from "./step-tokens.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** What is the same for all turns of an episode. */
export interface TurnSettings {
  key: RolloutKey;
  policy: Policy;
  step: (keywords: StepKeywords) => MaybePromise<TrainingStep>;
  batchId: number;
  temperature: number | null;
  maxTokens: number | null;
  /** Of the run. */
  seed: number | null;
  tokenizer: Tokenizer | undefined;
  parse: ((text: string) => ActionFromLLM[]) | undefined;
  signal: AbortSignal | undefined;
}

/** A turn that was played. */
export interface TakenTurn {
  result: TrainingStep;
  step: EpisodeStep;
}

/** Asks the policy, and plays what it does. Null when it has nothing more to say. */
export async function takeTurn(
  current_state: EpisodeState,
  { key, policy, step, batchId, temperature, maxTokens, seed, tokenizer, parse, signal }: TurnSettings,
): Promise<TakenTurn | null> {
  const { tools, timestep, try_step } = current_state;
  const messages = toModelMessages(current_state);
  const turn: PolicyTurn = {
    messages,
    tools,
    state: current_state,
    temperature,
    maxTokens,
    seed: seed === null ? null : episodeSeed(seed, key),
    ...(signal ? { signal } : {}),
  };
  const said = await policy.act(turn);
  if (said === null) return null;
  const reply = typeof said === "string" ? { content: said } : said;
  const action = replyMessage(reply);
  const tokens = await stepTokens({ policy, tokenizer, reply }, { state: messages, action, tools });
  const parsed_actions = replyActions(reply, parse);
  const result = await step({ parsed_actions, model_response: [action], current_state, current_messages: messages });
  const called = (action.tool_calls ?? []).length > 0;
  return {
    result,
    step: episodeStep({
      state: messages,
      action,
      next_obs: result.state.new_messages.map((message) => plainMessage(message, called)),
      ...tokens,
      temperature,
      reward: result.reward,
      done: result.done,
      truncated: result.truncated,
      timestep,
      try_step,
      batch_id: batchId,
      unique_data_sample_id: key.sample_id,
      generation_id: key.generation_id,
      split: key.split,
      tools,
    }),
  };
}
