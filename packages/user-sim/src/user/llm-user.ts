import { formatScenario, type JsonObject, type ToolDeclaration, type UserScenario } from "@tau2/domains";
import type { ChatModel } from "../model/chat-model.ts";
import { flipRoles } from "./flip-roles.ts";
import { getUserGuidelines, type UserGuidelines } from "./guidelines.ts";
import type { UserSimulator } from "./user.ts";

/** Options of {@link llmUser}. */
export interface LlmUserOptions {
  model: ChatModel;
  /** Who the user is and what they want. */
  scenario: UserScenario;
  /** What the user can do by itself, see `filterUserTools`; null for nothing. */
  tools: readonly ToolDeclaration[] | null;
  /** In place of this package's own: one text, or one for users without and one for users with tools. */
  guidelines?: string | UserGuidelines | undefined;
  /** Sent with every request, in the endpoint's names: `temperature`, `max_tokens`, … */
  parameters?: JsonObject | undefined;
  /** Sent as `seed`; it wins over one in `parameters`. */
  seed?: number | null | undefined;
}

/** A customer played by a language model under guidelines and a scenario: the reference's `user_simulator` (docs/spec/core.md#5). */
export function llmUser({ model, scenario, tools, guidelines, parameters = {}, seed }: LlmUserOptions): UserSimulator {
  const offered = tools && tools.length > 0 ? tools : null;
  const prompt = userPrompt(scenario, guidelines, offered !== null);
  const sent = typeof seed === "number" ? { ...parameters, seed } : parameters;
  return {
    implementation: "user_simulator",
    model: model.name,
    async respond({ messages, signal }) {
      const reply = await model.complete({
        messages: [{ role: "system", content: prompt() }, ...flipRoles(messages)],
        parameters: sent,
        ...(offered && { tools: offered }),
        ...(signal && { signal }),
      });
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

function userPrompt(scenario: UserScenario, guidelines: string | UserGuidelines | undefined, hasTools: boolean): () => string {
  let prompt: string | undefined;
  return () => {
    const both = guidelines ?? getUserGuidelines();
    const text = typeof both === "string" ? both : hasTools ? both.tools : both.plain;
    return (prompt ??= `${text}\n\n<scenario>\n${formatScenario(scenario)}\n</scenario>`);
  };
}
