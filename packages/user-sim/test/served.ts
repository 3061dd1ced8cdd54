import { afterEach, expect } from "vitest";
import type { ChatRequest } from "../src/model/chat-model.ts";
import { ModelError } from "../src/model/model-error.ts";
import { openAiModel, type OpenAiModelOptions } from "../src/model/openai-model.ts";
import { startModelServer, type ModelServer, type ModelServerHandler, type ModelServerReply } from "../src/testing/model-server.ts";

const servers: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A model behind a server that gives these answers. */
export async function served(replies: readonly ModelServerReply[] | ModelServerHandler, options: Partial<OpenAiModelOptions> = {}) {
  const server = await startModelServer(replies);
  servers.push(server);
  const model = openAiModel({ model: "m1", baseUrl: server.baseUrl, apiKey: "sk-secret", ...options });
  const ask = (request: Partial<ChatRequest> = {}) => model.complete({ messages: [{ role: "user", content: "Hi" }], ...request });
  const fail = async (request: Partial<ChatRequest> = {}): Promise<ModelError> => {
    const thrown: unknown = await ask(request).then(
      () => "no error",
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(ModelError);
    return thrown as ModelError;
  };
  return { server, model, ask, fail };
}

/** Expects these words in a text. */
export const said = (words: string | RegExp): unknown =>
  typeof words === "string" ? expect.stringContaining(words) : expect.stringMatching(words);
/** A completion with this message. */
export const messageReply = (message: unknown, more = {}) => ({
  status: 200,
  body: { choices: [{ message, finish_reason: "stop", ...more }] },
});
/** A completion with a call of `f`. */
export const callReply = (args: unknown, more = {}) =>
  messageReply(
    { role: "assistant", content: null, tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: args } }] },
    more,
  );
