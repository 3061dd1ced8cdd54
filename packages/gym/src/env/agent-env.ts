import type { UserFactory } from "@tau2/orchestrator";
import { doneTool, isAgentStop, replaceDone } from "@tau2/orchestrator/internal";
import { dummyUser, llmUser, scriptedUser } from "@tau2/user-sim";
import type { LearnerRole } from "../episode/episode-context.ts";
import { BaseEnv } from "./base-env.ts";
import { type EnvOptions, isModel, createLearnerPlaceholder, type UserOption } from "./options.ts";
import type { AgentInfo, EpisodeInfo } from "./step-result.ts";

/** Options of {@link AgentEnv}. */
export interface AgentEnvOptions extends EnvOptions {
  /** The agent works alone, with the user's tools beside its own. By default false. */
  solo?: boolean | undefined;
  /** Left out, the user is a scripted one, which needs no model. In solo mode there is none. */
  user?: UserOption | undefined;
}

/**
 * The learner is the agent: it talks with a simulated user and calls tools (docs/spec/core.md#11-1). It ends an episode by calling `done`, or by
 * words with `###STOP###` in them; the user by hanging up.
 *
 * ```ts
 * const env = new AgentEnv({ domain: mock, taskId: "create_task_1" });
 * let { observation, info } = await env.reset({ seed: 7 });
 * const { reward, terminated } = await env.step("get_users()");
 * ```
 */
export class AgentEnv extends BaseEnv<Omit<AgentInfo, keyof EpisodeInfo>> {
  /** Options with which the environment was created. */
  readonly options: AgentEnvOptions;

  /** @throws Tau2Error when the domain's data cannot be read, or the domain has no solo mode */
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
    prepare: (message) => (message.role === "assistant" ? replaceDone(message) : message),
  };
}

function toUserFactory(user: UserOption | undefined): UserFactory {
  if (!user) return ({ task }) => scriptedUser({ task });
  if (typeof user === "function") return user;
  if (!isModel(user)) return () => user;
  return ({ task, tools, seed }) => llmUser({ model: user, scenario: task.user_scenario, tools, seed });
}
