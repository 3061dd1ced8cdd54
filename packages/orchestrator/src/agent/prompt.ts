import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The instruction texts that come with the package: files `prompts/agent*.md`. */
export type PromptName = "agent" | "agent-gt" | "agent-solo";

const read = new Map<PromptName, string>();

/** An instruction text as the file has it, without the line end at its end. Read on the first use. */
export function agentPrompt(name: PromptName): string {
  let text = read.get(name);
  if (text === undefined) {
    const root = dirname(createRequire(import.meta.url).resolve("@tau2/orchestrator/package.json"));
    text = readFileSync(join(root, "prompts", `${name}.md`), "utf8").trimEnd();
    read.set(name, text);
  }
  return text;
}

/**
 * A system prompt: each block's text between its tags, on lines of their own, in the order given (spec core 4).
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
