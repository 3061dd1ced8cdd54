// An agent of your own, for `tau2 run --agent ./agent.ts`. A real one asks a model here; this one looks up every reservation that the customer names.
import type { AgentFactory } from "@tau2/orchestrator";

/** Creates the agent of one simulation. `tools` and `policy` are those of the domain. */
export const agent: AgentFactory = ({ tools }) => {
  const canLookUp = tools.some(({ function: { name } }) => name === "get_reservation_details");
  return {
    implementation: "lookup_agent",
    model: null,
    respond({ messages }) {
      const last = messages.at(-1);
      if (last?.role === "tool") return say(last.error ? "I cannot find that reservation." : "I see your reservation. Anything else?");
      const id = canLookUp ? /\b[A-Z0-9]{6}\b/.exec(last?.content ?? "")?.[0] : undefined;
      return id === undefined ? say("What is your reservation number?") : call("get_reservation_details", { reservation_id: id });
    },
  };
};

function say(content: string) {
  return { role: "assistant" as const, content, tool_calls: null };
}

function call(name: string, args: Record<string, string>) {
  const id = `call_${crypto.randomUUID()}`;
  return { role: "assistant" as const, content: null, tool_calls: [{ id, name, arguments: args, requestor: "assistant" as const }] };
}
