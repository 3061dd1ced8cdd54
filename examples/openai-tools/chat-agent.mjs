import { answerChatCalls, chatTools } from "@tau2/domains/openai";

/**
 * Answers a customer with chat completions: the model may call tools of the environment until it has something to say.
 * @param {{ client: import("openai").OpenAI, model: string, env: import("@tau2/domains").Environment, request: string }} options
 */
export async function serveCustomer({ client, model, env, request }) {
  /** @type {import("openai/resources").ChatCompletionMessageParam[]} */
  const messages = [
    { role: "system", content: env.policy },
    { role: "user", content: request },
  ];
  for (;;) {
    const { choices } = await client.chat.completions.create({ model, messages, tools: chatTools(env) });
    const { message } = choices[0];
    messages.push(message, ...answerChatCalls(env, message));
    if (!message.tool_calls) return message.content;
  }
}
