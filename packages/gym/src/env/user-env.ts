import { Tau2Error } from "@tau2/domains";
import { goldAgent, llmAgent, type AgentFactory } from "@tau2/orchestrator";
import type { LearnerRole } from "../episode/episode-context.ts";
import { BaseEnv } from "./base-env.ts";
import { type EnvOptions, isModel, createLearnerPlaceholder, type AgentOption } from "./options.ts";
import type { EpisodeInfo, UserInfo } from "./step-result.ts";

/** Options of {@link UserEnv}. */
export interface UserEnvOptions extends EnvOptions {
  /** Agent that the learner talks to. Default: an agent that plays the task's solution and does not need a model. */
  agent?: AgentOption | undefined;
}

/**
 * Environment in which the learner is the user: it talks to an agent and calls the user's tools, if the domain has any
 * (docs/spec/core.md#11-4).
 * The learner ends an episode with a message that contains `###STOP###`, `###TRANSFER###` or `###OUT-OF-SCOPE###`.
 */
export class UserEnv extends BaseEnv<Omit<UserInfo, keyof EpisodeInfo>> {
  readonly #options: UserEnvOptions;

  /** @throws Tau2Error if the data of the domain cannot be read; `unsupported` for solo mode, which does not have a user to play */
  constructor(options: UserEnvOptions) {
    if ((options as { solo?: unknown }).solo) {
      throw new Tau2Error(
        "unsupported",
        "UserEnv does not have a solo mode, in which the agent works without a user: use AgentEnv with `solo: true`",
      );
    }
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
