import { promptFile } from "../prompt-file.ts";

/** The instruction texts that come with the package: files `prompts/agent*.md`. */
export type PromptName = "agent" | "agent-gt" | "agent-solo";

/** An instruction text as the file has it, without the line end at its end. Read on the first use. */
export function getAgentPrompt(name: PromptName): string {
  return promptFile(name);
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
