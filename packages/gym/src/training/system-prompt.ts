const RULE = [
  "The user sees only what you send with the `respond_user` tool: put your words into its `text` argument.",
  "Plain text in an answer does not count as an action, so make every answer a tool call, either `respond_user` or one of the other tools.",
].join("\n");

/** What the model that learns is told: who it is, the domain's policy, and that it acts through tools (docs/spec/act-prm.md#4). */
export function systemPrompt(base: string, policy: string): string {
  return [base, ...(policy === "" ? [] : [`<policy>\n${policy}\n</policy>`]), RULE].join("\n\n");
}
