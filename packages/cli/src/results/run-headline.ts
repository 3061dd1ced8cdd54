import type { RunInfo } from "@tau2/orchestrator";

/** Who played what, in a line: `airline, agent llm_agent (gpt-4.1), user user_simulator (gpt-4.1)`. */
export function runHeadline({ environment_info: { domain_name: domain }, agent_info: agent, user_info: user }: RunInfo): string {
  const role = ({ implementation, llm }: { implementation: string; llm: string | null }) =>
    `${implementation}${llm === null ? "" : ` (${llm})`}`;
  return `${domain}, agent ${role(agent)}, user ${role(user)}`;
}
