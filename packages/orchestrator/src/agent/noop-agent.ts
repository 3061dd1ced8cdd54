import { STOP } from "@tau2/user-sim";
import type { ImmediateAgent } from "./agent.ts";
import { isSoloStop } from "./solo-stop.ts";

/** Options of {@link noopAgent}. */
export interface NoopAgentOptions {
  /** It works alone, and stops at once. */
  solo?: boolean;
}

/** The baseline: polite, and does nothing. A task on which it earns a reward says little about an agent. */
export function noopAgent({ solo = false }: NoopAgentOptions = {}): ImmediateAgent {
  return {
    implementation: "noop",
    model: null,
    respond: () => ({ role: "assistant", content: solo ? STOP : "Thank you for your patience.", tool_calls: null, cost: 0 }),
    ...(solo ? { isStop: isSoloStop } : {}),
  };
}
