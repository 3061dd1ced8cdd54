import { Tau2Error, type JsonObject, type Task } from "@tau2/domains";
import type { ChatModel } from "@tau2/user-sim";
import { goldAgent } from "../agent/gold-agent.ts";
import { llmAgent, type LlmAgentOptions } from "../agent/llm-agent.ts";
import { isGtTask, llmGtAgent } from "../agent/llm-gt-agent.ts";
import { isSoloTask, llmSoloAgent } from "../agent/llm-solo-agent.ts";
import { noopAgent } from "../agent/noop-agent.ts";
import type { AgentContext, AgentFactory } from "../agent/agent.ts";

/** What an agent chosen by name is given. */
export interface AgentRole {
  /** Needed by the kinds that say so. */
  model?: ChatModel | undefined;
  /** Sent with every request, in the endpoint's own names. */
  parameters?: JsonObject | undefined;
  /** Instructions in place of the package's own. */
  prompt?: string | undefined;
}

/** An agent that can be chosen by name. */
export interface AgentKind {
  needsModel: boolean;
  /** Whether it works alone: always, never, or as the run has it. */
  solo: "always" | "never" | "either";
  /** Whether it can play a task at all; left out, it can play every task. */
  accepts?(task: Task): boolean;
  /** @throws Tau2Error `invalid` when the model it needs is missing */
  factory(role: AgentRole): AgentFactory;
}

/** Agents by the names that the reference knows, and ours. A table of one's own may add to it: `{ ...agentKinds, mine: … }`. */
export const agentKinds: Readonly<Record<"llm_agent" | "llm_agent_gt" | "llm_agent_solo" | "gold" | "noop", AgentKind>> = {
  llm_agent: withModel("llm_agent", "never", (options) => llmAgent(options)),
  llm_agent_gt: { ...withModel("llm_agent_gt", "never", (options) => llmGtAgent(options)), accepts: isGtTask },
  llm_agent_solo: { ...withModel("llm_agent_solo", "always", (options) => llmSoloAgent(options)), accepts: isSoloTask },
  gold: {
    needsModel: false,
    solo: "either",
    factory:
      () =>
      ({ task, environment }) =>
        goldAgent({ task, solo: environment.solo }),
  },
  noop: {
    needsModel: false,
    solo: "either",
    factory:
      () =>
      ({ environment }) =>
        noopAgent({ solo: environment.solo }),
  },
};

function withModel(
  name: string,
  solo: AgentKind["solo"],
  make: (options: LlmAgentOptions & { task: Task }) => ReturnType<AgentFactory>,
): AgentKind {
  return {
    needsModel: true,
    solo,
    factory({ model, parameters = {}, prompt }) {
      if (!model) throw new Tau2Error("invalid", `agent '${name}' needs a model`);
      return ({ task, policy, tools, seed }: AgentContext) =>
        make({ model, policy, tools, task, parameters, seed, ...(prompt === undefined ? {} : { prompt }) });
    },
  };
}
