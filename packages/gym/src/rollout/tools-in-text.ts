import type { FlatTool, ModelMessage } from "../training/messages.ts";

/** Messages whose system prompt says which tools there are and how they are called, for models whose endpoint knows no tools. */
export function toolsInText(messages: readonly ModelMessage[], tools: readonly FlatTool[]): ModelMessage[] {
  return messages.map((message) => {
    return message.role === "system" ? { ...message, content: [message.content ?? "", toolText(tools)].join("\n\n") } : message;
  });
}

function toolText(tools: readonly FlatTool[]): string {
  const list = tools.map(({ name, description, parameters }) => JSON.stringify({ name, description, parameters }));
  return [
    "These are the tools, each with a JSON schema of its arguments:",
    "<tools>",
    ...list,
    "</tools>",
    "Write one call in each answer, as JSON with the tool's name and its arguments, between two tags. For example:",
    "<tool_call>",
    '{"name": "respond_user", "arguments": {"text": "Good morning, what can I do for you?"}}',
    "</tool_call>",
  ].join("\n");
}
