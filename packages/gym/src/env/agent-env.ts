import type { UserFactory } from "@tau2/orchestrator";
import { doneTool, isAgentStop, replaceDone } from "@tau2/orchestrator/internal";
import { dummyUser, llmUser, scriptedUser } from "@tau2/user-sim";
import type { LearnerRole } from "../episode/episode-context.ts";
import { BaseEnv } from "./base-env.ts";
import { type EnvOptions, isModel, createLearnerPlaceholder, type UserOption } from "./options.ts";
import type { AgentInfo, EpisodeInfo } from "./step-result.ts";

/** Options of {@link AgentEnv}. */
export interface AgentEnvOptions extends EnvOptions {
  /** True if the agent works alone, with the user's tools beside its own. Default: false. */
  solo?: boolean | undefined;
  /** Simulated user. Default: a scripted user, which does not need a model. Not used in solo mode. */
  user?: UserOption | undefined;
}

/**
 * Environment in which the learner is the agent: it talks to a simulated user and calls tools (docs/spec/core.md#11-1).
 * The agent ends an episode with a call of `done` or a message that contains `###STOP###`. The user ends it by hanging up.
 * @example
 * ```ts
 * import { mock } from "@tau2/domains/mock";
 * import { AgentEnv } from "@tau2/gym";
 *
 * const env = new AgentEnv({ domain: mock, taskId: "create_with_title" });
 * const { observation, info } = await env.reset({ seed: 7 });
 * const { reward, terminated } = await env.step("get_users()");
 * ```
 */
export class AgentEnv extends BaseEnv<Omit<AgentInfo, keyof EpisodeInfo>> {
  /** Options with which the environment was created. */
  readonly options: AgentEnvOptions;

  /** @throws Tau2Error if the data of the domain cannot be read; `unsupported` if the domain does not support solo mode */
  constructor(options: AgentEnvOptions) {
    super(options, createAgentRole(options));
    this.options = options;
  }

  protected override clone(): this {
    return new AgentEnv(this.options) as this;
  }
}

function createAgentRole({ solo = false, user }: AgentEnvOptions): LearnerRole<Omit<AgentInfo, keyof EpisodeInfo>> {
  const createCounterpart = solo ? () => dummyUser() : toUserFactory(user);
  return {
    learner: "agent",
    requestor: "assistant",
    createParticipants: (contexts) => ({
      participants: { agent: createLearnerPlaceholder(), user: createCounterpart(contexts.user) },
      isAgentStop,
    }),
    extra: (contexts) => ({ tools: [...contexts.agent.tools, doneTool] }),
    prepare: replaceDone,
  };
}

function toUserFactory(user: UserOption | undefined): UserFactory {
  if (!user) return ({ task }) => scriptedUser({ task });
  if (typeof user === "function") return user;
  if (!isModel(user)) return () => user;
  return ({ task, tools, seed }) => llmUser({ model: user, scenario: task.user_scenario, tools, seed });
}
