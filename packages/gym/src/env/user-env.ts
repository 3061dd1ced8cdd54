import { goldAgent, llmAgent, type AgentFactory } from "@tau2/orchestrator";
import type { LearnerRole } from "../episode/episode-context.ts";
import { BaseEnv } from "./base-env.ts";
import { type EnvOptions, isModel, createLearnerPlaceholder, type AgentOption } from "./options.ts";
import type { EpisodeInfo, UserInfo } from "./step-result.ts";

/** Options of {@link UserEnv}. */
export interface UserEnvOptions extends EnvOptions {
  /** Left out, the agent plays the task's solution, which needs no model. */
  agent?: AgentOption | undefined;
}

/**
 * The learner is the user: it talks with an agent and calls the user's tools, if the domain has some (docs/spec/core.md#11-4). It ends an episode
 * by words with `###STOP###`, `###TRANSFER###` or `###OUT-OF-SCOPE###` in them.
 */
export class UserEnv extends BaseEnv<Omit<UserInfo, keyof EpisodeInfo>> {
  readonly #options: UserEnvOptions;

  /** @throws Tau2Error when the domain's data cannot be read */
  constructor(options: UserEnvOptions) {
    super(options, createUserRole(options));
    this.#options = options;
  }

  protected override clone(): this {
    return new UserEnv(this.#options) as this;
  }
}

function createUserRole({ agent: option }: UserEnvOptions): LearnerRole<Omit<UserInfo, keyof EpisodeInfo>> {
  const createCounterpart = toAgentFactory(option);
  return {
    learner: "user",
    requestor: "user",
    createParticipants(contexts) {
      const agent = createCounterpart(contexts.agent);
      return { participants: { agent, user: createLearnerPlaceholder() }, isAgentStop: (message) => agent.isStop?.(message) ?? false };
    },
    extra: (contexts) => ({ agent_tools: contexts.agent.tools, user_tools: contexts.user.tools ?? [] }),
    prepare: (message) => message,
  };
}

function toAgentFactory(agent: AgentOption | undefined): AgentFactory {
  if (!agent) return ({ task }) => goldAgent({ task });
  if (typeof agent === "function") return agent;
  if (!isModel(agent)) return () => agent;
  return ({ policy, tools, seed }) => llmAgent({ model: agent, policy, tools, seed });
}
