import { hashText } from "@tau2/domains/internal";
import type { ContextMessage } from "@tau2/gym/internal";

/** A message with the system prompt's text, which is ours, taken out. */
export function withoutPrompt(message: ContextMessage): ContextMessage {
  return message.role === "system" ? { ...message, content: "<<system>>" } : message;
}

/** Messages in the short form of records. */
export function messageDigest(messages: readonly ContextMessage[]): { count: number; sha256: string } {
  const texts = messages
    .map(withoutPrompt)
    .map((message) => `${message.role}\n${"content" in message ? message.content : message.output}\0`);
  return { count: messages.length, sha256: hashText(texts.join("")) };
}
