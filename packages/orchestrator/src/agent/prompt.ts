import { prompts } from "../prompts.ts";

/** Instruction texts of agents that come with the package. */
export type PromptName = Exclude<keyof typeof prompts, "nl-judge">;

/** Returns the instruction text of an agent, without a line end at its end. */
export function getAgentPrompt(name: PromptName): string {
  return prompts[name];
}

/**
 * A system prompt: each block's text between its tags, on lines of their own, in the order given (docs/spec/core.md#4).
 *
 * ```ts
 * systemPrompt({ instructions, policy }) // "<instructions>\n…\n</instructions>\n<policy>\n…\n</policy>"
 * ```
 */
export function systemPrompt(blocks: Readonly<Record<string, string>>): string {
  return Object.entries(blocks)
    .map(([tag, text]) => `<${tag}>\n${text}\n</${tag}>`)
    .join("\n");
}
