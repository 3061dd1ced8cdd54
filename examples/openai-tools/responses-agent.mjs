import { answerResponsesCalls, responsesTools } from "@tau2/domains/openai";

/**
 * The same agent with the Responses API.
 * @param {{ client: import("openai").OpenAI, model: string, env: import("@tau2/domains").Environment, request: string }} options
 */
export async function serveCustomer({ client, model, env, request }) {
  /** @type {import("openai/resources/responses/responses").ResponseInputItem[]} */
  const input = [{ role: "user", content: request }];
  for (;;) {
    const response = await client.responses.create({ model, instructions: env.policy, input, tools: responsesTools(env) });
    const answers = answerResponsesCalls(env, response.output);
    if (answers.length === 0) return response.output_text;
    input.push(...response.output, ...answers);
  }
}
