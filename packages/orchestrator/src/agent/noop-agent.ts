import { STOP } from "@tau2/user-sim";
import { isAgentStop } from "./agent-stop.ts";
import type { ImmediateAgent } from "./agent.ts";

/** Options of {@link noopAgent}. */
export interface NoopAgentOptions {
  /** True if the agent works alone; it then stops with its first message. Default false. */
  solo?: boolean | undefined;
}

/**
 * Creates the baseline agent: it is polite and does not call tools. A task on which it earns a reward says little about other agents.
 * @example
 * ```ts
 * import { type AgentFactory, noopAgent } from "@tau2/orchestrator";
 *
 * const agent: AgentFactory = ({ environment }) => noopAgent({ solo: environment.solo });
 * ```
 */
export function noopAgent({ solo = false }: NoopAgentOptions = {}): ImmediateAgent {
  return {
    implementation: "noop",
    model: null,
    respond: () => ({ role: "assistant", content: solo ? STOP : "Thank you for your patience.", tool_calls: null, cost: 0 }),
    isStop: solo ? isAgentStop : undefined,
  };
}
