import { pyJsonDumps } from "@tau2/domains/internal";
import type { JsonObject } from "@tau2/domains";
import { goldAgent, noopAgent, type AgentFactory } from "@tau2/orchestrator";
import { createContexts, getVisibleMessages } from "@tau2/orchestrator/internal";
import { mapMaybePromise } from "../maybe-promise.ts";
import type { ModelToolCall } from "../training/messages.ts";
import { RESPOND_USER } from "../training/tools.ts";
import type { Policy, PolicyReply } from "./policy.ts";

/** An agent of `@tau2/orchestrator` as a policy: its words go through `respond_user`. */
export function agentPolicy(name: string, makeAgent: AgentFactory): Policy {
  return {
    name,
    act({ state, seed, signal }) {
      const { context, conversation } = state.tau2_episode;
      const agent = makeAgent(createContexts(context.rules.environment, { task: context.task, seed, trial: 0 }).agent);
      const messages = getVisibleMessages(conversation.messages, "agent");
      return mapMaybePromise(agent.respond({ messages, signal }), ({ content, tool_calls }): PolicyReply => {
        const calls = tool_calls ?? [{ name: RESPOND_USER, arguments: { text: content ?? "" } }];
        return {
          content: tool_calls ? content : null,
          tool_calls: calls.map((call, i) => toolCall(call, `call_${state.timestep + 1}_${i + 1}`)),
        };
      });
    },
  };
}

/** Plays each task's solution; needs no key. */
export function goldPolicy(): Policy {
  return agentPolicy("gold", ({ task }) => goldAgent({ task }));
}

/** The baseline: polite, and does nothing; needs no key. */
export function noopPolicy(): Policy {
  return agentPolicy("noop", () => noopAgent());
}

function toolCall({ name, arguments: args }: { name: string; arguments: JsonObject }, id: string): ModelToolCall {
  return { id, type: "function", function: { name, arguments: pyJsonDumps(args) } };
}
