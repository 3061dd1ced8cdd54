import { Tau2Error, type JsonObject, type Task } from "@tau2/domains";
import { dummyUser, llmUser, scriptedUser, type ChatModel } from "@tau2/user-sim";
import type { UserGuidelines } from "@tau2/user-sim/internal";
import type { AgentContext, AgentFactory, UserFactory } from "../agent/agent.ts";
import { goldAgent } from "../agent/gold-agent.ts";
import { llmAgent, type LlmAgentOptions } from "../agent/llm-agent.ts";
import { isGtTask, llmGtAgent } from "../agent/llm-gt-agent.ts";
import { isSoloTask, llmSoloAgent } from "../agent/llm-solo-agent.ts";
import { noopAgent } from "../agent/noop-agent.ts";

/** Settings of an agent that is chosen by name. */
export interface AgentRole {
  /** Required for kinds with `needsModel`. */
  model?: ChatModel | undefined;
  /** Parameters of every request, in the endpoint's names. */
  parameters?: JsonObject | undefined;
  /** Replaces the instructions of the package. */
  prompt?: string | undefined;
}

/** Agent that can be chosen by name. */
export interface AgentKind {
  needsModel: boolean;
  /** Solo mode of the agent: always, never, or as the run is configured. */
  solo: "always" | "never" | "either";
  /** Returns whether the agent can play a task. By default it can play every task. */
  accepts?(task: Task): boolean;
  /** Creates the factory. @throws Tau2Error `invalid` if a required model is missing */
  factory(role: AgentRole): AgentFactory;
}

/**
 * Agents by name: those of tau2-bench, `gold` and `noop`. Extend the table with `{ ...agentKinds, mine: … }`.
 * @example
 * ```ts
 * import { agentKinds } from "@tau2/orchestrator";
 * import { openAiModel } from "@tau2/user-sim";
 *
 * const agent = agentKinds.llm_agent.factory({ model: openAiModel({ model: "gpt-4.1" }), parameters: { temperature: 0 } });
 * ```
 */
export const agentKinds: Readonly<Record<"llm_agent" | "llm_agent_gt" | "llm_agent_solo" | "gold" | "noop", AgentKind>> = {
  llm_agent: createModelKind("llm_agent", "never", llmAgent),
  llm_agent_gt: { ...createModelKind("llm_agent_gt", "never", llmGtAgent), accepts: isGtTask },
  llm_agent_solo: { ...createModelKind("llm_agent_solo", "always", llmSoloAgent), accepts: isSoloTask },
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

function createModelKind(
  name: string,
  solo: AgentKind["solo"],
  create: (options: LlmAgentOptions & { task: Task }) => ReturnType<AgentFactory>,
): AgentKind {
  return {
    needsModel: true,
    solo,
    factory({ model, parameters, prompt }) {
      if (!model) throw new Tau2Error("invalid", `agent '${name}' needs a model`);
      return ({ task, policy, tools, seed }: AgentContext) => create({ model, policy, tools, task, parameters, seed, prompt });
    },
  };
}

/** Settings of a user that is chosen by name. */
export interface UserRole {
  /** Required for kinds with `needsModel`. */
  model?: ChatModel | undefined;
  /** Parameters of every request, in the endpoint's names. */
  parameters?: JsonObject | undefined;
  /** Replaces the guidelines of the package. */
  guidelines?: string | UserGuidelines | undefined;
}

/** User that can be chosen by name. */
export interface UserKind {
  needsModel: boolean;
  /** True if the user is for solo mode. */
  solo: boolean;
  /** Creates the factory. @throws Tau2Error `invalid` if a required model is missing */
  factory(role: UserRole): UserFactory;
}

/**
 * Users by name: those of tau2-bench, and `scripted`. Extend the table with `{ ...userKinds, mine: … }`.
 * @example
 * ```ts
 * import { userKinds } from "@tau2/orchestrator";
 *
 * const user = userKinds.scripted.factory({});
 * ```
 */
export const userKinds: Readonly<Record<"user_simulator" | "dummy_user" | "scripted", UserKind>> = {
  user_simulator: {
    needsModel: true,
    solo: false,
    factory({ model, parameters, guidelines }) {
      if (!model) throw new Tau2Error("invalid", "user 'user_simulator' needs a model");
      return ({ task, tools, seed }) => llmUser({ model, scenario: task.user_scenario, tools, guidelines, parameters, seed });
    },
  },
  dummy_user: { needsModel: false, solo: true, factory: () => () => dummyUser() },
  scripted: {
    needsModel: false,
    solo: false,
    factory:
      () =>
      ({ task }) =>
        scriptedUser({ task }),
  },
};
