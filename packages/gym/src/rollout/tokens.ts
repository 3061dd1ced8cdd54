import type { MaybePromise } from "../env/maybe-promise.ts";
import type { FlatTool, ModelMessage } from "../training/messages.ts";
import type { Policy, PolicyReply } from "./policy.ts";
import type { EpisodeStep } from "./rollout-record.ts";

/** Turns messages into ids as the policy's model is shown them: the tokenizer with its chat template. */
export interface Tokenizer {
  encode(
    messages: readonly ModelMessage[],
    options: { tools: readonly FlatTool[]; /** Whether the beginning of an answer stands at the end. */ addGenerationPrompt: boolean },
  ): MaybePromise<readonly number[]>;
}

/** What a step holds about ids: those of prompt and answer, and how likely the answer's were (docs/spec/act-prm.md#11-2). */
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
