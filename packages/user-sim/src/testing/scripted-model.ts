import { Tau2Error } from "@tau2/domains";
import type { ChatModel, ChatReply, ChatRequest } from "../model/chat-model.ts";
import { ModelError } from "../model/model-error.ts";

/** A reply in short: the text, or some of its parts. Missing parts are null, and the cost is 0. */
export type ScriptedReply = string | Partial<ChatReply>;

/** One expected call: the reply, the error, or a function of the request that returns either. */
export type ScriptedStep = ScriptedReply | Error | ((request: ChatRequest) => ScriptedReply | Error | Promise<ScriptedReply | Error>);

/** Model that replies from a script and records its requests. */
export interface ScriptedModel extends ChatModel {
  /** All requests so far, oldest first. */
  readonly requests: readonly ChatRequest[];
  /** Number of steps that have not been used. */
  readonly remaining: number;
  /** Checks that every step was used. @throws Tau2Error `script` if the code under test made fewer calls than the script expects */
  assertDone(): void;
}

/**
 * Creates a model for tests: the n-th call gets the n-th step. A call beyond the script rejects with Tau2Error `script`.
 * @example
 * ```ts
 * import { scriptedModel } from "@tau2/user-sim/testing";
 *
 * const model = scriptedModel(["My order is late.", { toolCalls: [{ id: "1", name: "check_app", arguments: {} }] }]);
 * ```
 */
export function scriptedModel(steps: readonly ScriptedStep[], { name = "scripted" }: { name?: string } = {}): ScriptedModel {
  const requests: ChatRequest[] = [];
  return {
    name,
    requests,
    get remaining() {
      return Math.max(0, steps.length - requests.length);
    },
    assertDone() {
      const left = steps.length - requests.length;
      if (left > 0) {
        throw new Tau2Error(
          "script",
          `model '${name}' was called ${requests.length} times; ${left} of ${steps.length} scripted steps are left`,
        );
      }
    },
    async complete(request) {
      if (request.signal?.aborted) {
        throw new ModelError("cancelled", `model '${name}': the call was cancelled`, { cause: request.signal.reason });
      }
      const n = requests.push({ ...request, messages: [...request.messages] });
      const step = steps[n - 1];
      if (step === undefined) {
        throw new Tau2Error("script", `unexpected call ${n} of model '${name}': its script has ${steps.length} steps`);
      }
      const reply = typeof step === "function" ? await step(request) : step;
      if (reply instanceof Error) throw reply;
      return completeReply(reply, name);
    },
  };
}

function completeReply(reply: ScriptedReply, name: string): ChatReply {
  const parts = typeof reply === "string" ? { content: reply } : reply;
  const calls = parts.toolCalls ?? null;
  return {
    content: null,
    reasoning: null,
    cost: 0,
    usage: null,
    model: name,
    finishReason: calls ? "tool_calls" : "stop",
    raw: null,
    generationSeconds: 0,
    ...parts,
    toolCalls: calls && calls.length > 0 ? calls : null,
  };
}
