import type { MaybePromise } from "../maybe-promise.ts";
import type { FlatTool, ModelMessage } from "../training/messages.ts";

/** Turns messages into ids as the policy's model is shown them: the tokenizer with its chat template. */
export interface Tokenizer {
  encode(
    messages: readonly ModelMessage[],
    options: { tools: readonly FlatTool[]; /** Whether the beginning of an answer stands at the end. */ addGenerationPrompt: boolean },
  ): MaybePromise<readonly number[]>;
}
