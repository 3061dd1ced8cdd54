import { formatScenario, hasText } from "@tau2/domains/internal";
import { hasToolCalls, Tau2Error, type JsonObject, type Message, type ToolDeclaration, type UserScenario } from "@tau2/domains";
import type { ChatMessage, ChatModel } from "../model/chat-model.ts";
import { findRemembered } from "../model/returned-fields.ts";
import { getUserGuidelines, type UserGuidelines } from "./guidelines.ts";
import type { UserSimulator } from "./user.ts";

/** Options of {@link llmUser}. */
export interface LlmUserOptions {
  model: ChatModel;
  /** Identity and goal of the user. */
  scenario: UserScenario;
  /** Tools that the user may call, already filtered by the task's `user_tools`; null without tools. */
  tools: readonly ToolDeclaration[] | null;
  /** Replaces the guidelines of this package: one text, or one for users without tools and one for users with tools. */
  guidelines?: string | UserGuidelines | undefined;
  /** Parameters of every request, in the endpoint's names: `temperature`, `max_tokens`, … */
  parameters?: JsonObject | undefined;
  /** Sent as `seed`. Overrides a seed in `parameters`. */
  seed?: number | null | undefined;
}

/**
 * Creates a customer that is played by a model under guidelines and a scenario, tau2-bench's `user_simulator` (docs/spec/core.md#5).
 * @example
 * ```ts
 * import { loadData } from "@tau2/domains/data";
 * import { mock } from "@tau2/domains/mock";
 * import { llmUser, openAiModel } from "@tau2/user-sim";
 *
 * const task = loadData(mock).tasks()[0]!;
 * const user = llmUser({ model: openAiModel({ model: "gpt-4.1" }), scenario: task.user_scenario, tools: null, seed: 300 });
 * ```
 */
export function llmUser({ model, scenario, tools, guidelines, parameters = {}, seed }: LlmUserOptions): UserSimulator {
  const offered = tools && tools.length > 0 ? tools : undefined;
  const request = { tools: offered, parameters: typeof seed === "number" ? { ...parameters, seed } : parameters };
  let prompt: string | undefined;
  return {
    implementation: "user_simulator",
    model: model.name,
    async respond({ messages, signal }) {
      prompt ??= createPrompt(scenario, guidelines ?? getUserGuidelines(), offered !== undefined);
      const reply = await model.complete({ messages: [{ role: "system", content: prompt }, ...flipRoles(messages)], ...request, signal });
      return {
        role: "user",
        content: reply.content,
        tool_calls: reply.toolCalls?.map((call) => ({ ...call, requestor: "user" as const })) ?? null,
        cost: reply.cost,
        usage: reply.usage,
        raw_data: reply.raw,
      };
    },
  };
}

function createPrompt(scenario: UserScenario, guidelines: string | UserGuidelines, hasTools: boolean): string {
  const text = typeof guidelines === "string" ? guidelines : hasTools ? guidelines.tools : guidelines.plain;
  return `${text}\n\n<scenario>\n${formatScenario(scenario)}\n</scenario>`;
}

/**
 * Converts messages to the view of the user's model, which is the assistant there, while the agent is its user (docs/spec/core.md#5).
 * @throws Tau2Error `protocol` for a tool call of the agent, which users never see
 */
export function flipRoles(messages: readonly Message[]): ChatMessage[] {
  return messages.flatMap((message): ChatMessage[] => {
    switch (message.role) {
      case "user": {
        const calls = message.tool_calls?.map(({ id, name, arguments: args }) => ({ id, name, arguments: args })) ?? null;
        return [{ role: "assistant", content: message.content, tool_calls: calls, ...findRemembered(message.raw_data) }];
      }
      case "assistant":
        if (hasToolCalls(message)) {
          const names = message.tool_calls.map((call) => call.name).join(", ");
          throw new Tau2Error(
            "protocol",
            `Tool calls are not supported in the flipped messages: the agent's call of ${names} must not reach the user`,
          );
        }
        return hasText(message) ? [{ role: "user", content: message.content }] : [];
      case "tool":
        return [{ role: "tool", content: message.content ?? "", tool_call_id: message.id }];
      case "system":
        return [];
    }
  });
}
