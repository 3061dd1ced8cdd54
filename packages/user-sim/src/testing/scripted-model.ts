import { Tau2Error } from "@tau2/domains";
import type { ChatModel, ChatReply, ChatRequest } from "../model/chat-model.ts";
import { ModelError } from "../model/model-error.ts";

/** What a model answers: just the text, or the parts of a reply that matter. Parts left out are null, the cost is 0. */
export type ScriptedReply = string | Partial<ChatReply>;

/** One expected call: the answer, the fault, or a function of what was asked. */
export type ScriptedStep = ScriptedReply | Error | ((request: ChatRequest) => ScriptedReply | Error | Promise<ScriptedReply | Error>);

/** A model that plays a script, and remembers what it was asked. */
export interface ScriptedModel extends ChatModel {
  /** All requests so far, oldest first. */
  readonly requests: readonly ChatRequest[];
  /** Steps that nobody has asked for yet. */
  readonly remaining: number;
  /** @throws Tau2Error `script` when steps are left: the code under test asked less often than the script expects. */
  assertDone(): void;
}

/**
 * A model for tests: the n-th call gets the n-th step.
 * A call beyond the script throws a Tau2Error `script` that says how many were expected.
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
