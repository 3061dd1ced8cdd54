import type { MaybePromise } from "../episode/episode.ts";
import type { FlatTool, ModelMessage } from "../training/messages.ts";
import type { Policy, PolicyReply } from "./policy.ts";
import type { EpisodeStep } from "./rollout-record.ts";

/** Tokenizer of the policy's model, with its chat template. */
export interface Tokenizer {
  encode(
    messages: readonly ModelMessage[],
    options: { tools: readonly FlatTool[]; /** True to append the beginning of an answer. */ addGenerationPrompt: boolean },
  ): MaybePromise<readonly number[]>;
}

/** Returns the token ids of prompt and answer, and the log-probabilities of the answer (docs/spec/act-prm.md#11-2). */
export async function countStepTokens(
  { policy, tokenizer, reply }: { policy: Policy; tokenizer: Tokenizer | undefined; reply: PolicyReply },
  { state, action, tools }: { state: readonly ModelMessage[]; action: ModelMessage; tools: readonly FlatTool[] },
): Promise<Pick<EpisodeStep, "state_action_tokens" | "state_len" | "old_logprobs">> {
  const said = reply.logprobs ?? [];
  if (!tokenizer) return { state_action_tokens: [], state_len: 0, old_logprobs: said };
  const prompt = await tokenizer.encode(state, { tools, addGenerationPrompt: true });
  const whole = await tokenizer.encode([...state, action], { tools, addGenerationPrompt: false });
  const known = said.length > 0 || !policy.score ? said : (await policy.score(whole)).slice(prompt.length - whole.length || whole.length);
  return { state_action_tokens: whole, state_len: prompt.length, old_logprobs: known };
}
