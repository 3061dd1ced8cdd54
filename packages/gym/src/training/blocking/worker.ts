import { workerData, type MessagePort } from "node:worker_threads";
import { getErrorMessage } from "@tau2/domains/internal";
import { nlJudge } from "@tau2/orchestrator/evaluate";
import { isModelError, llmUser, openAiModel, type ChatModel, type OpenAiModelOptions } from "@tau2/user-sim";
import type { Answer, Failure, Request } from "./blocking-thread.ts";

// Calls models while the thread that it serves blocks.
const { port, bell } = workerData as { port: MessagePort; bell: Int32Array };

port.on("message", (request: Request) => {
  void answer(request).then((value) => {
    port.postMessage(value);
    Atomics.add(bell, 0, 1);
    Atomics.notify(bell, 0);
  });
});

async function answer(request: Request): Promise<Answer> {
  try {
    return { value: await getValue(request) };
  } catch (thrown) {
    return { failure: classifyFailure(thrown) };
  }
}

const models = new Map<string, ChatModel>();

function getModel(endpoint: OpenAiModelOptions): ChatModel {
  const key = JSON.stringify(endpoint);
  const model = models.get(key) ?? openAiModel(endpoint);
  models.set(key, model);
  return model;
}

async function getValue(request: Request): Promise<Extract<Answer, { value: unknown }>["value"]> {
  const { parameters, messages } = request;
  const model = getModel(request.endpoint);
  if (request.role === "judge") return nlJudge({ model, parameters }).judge({ assertions: request.assertions, messages });
  const { scenario, tools, guidelines, seed } = request;
  return llmUser({ model, scenario, tools, guidelines, parameters, seed }).respond({ messages });
}

function classifyFailure(thrown: unknown): Failure {
  const name = thrown instanceof Error ? thrown.name : "Error";
  const model = isModelError(thrown) ? thrown : null;
  return { name, message: getErrorMessage(thrown), model: model && { fault: model.fault, status: model.status } };
}
