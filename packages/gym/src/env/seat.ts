import {
  getPolicy,
  toToolDeclaration,
  getTools,
  type EnvironmentConfig,
  type ParticipantMessage,
  type Requestor,
  type Task,
  type ToolDeclaration,
  Tau2Error,
} from "@tau2/domains";
import {
  type AgentContext,
  type ConversationRules,
  type UserContext,
  needsJudge,
  startClock,
  withTurnDeadline,
  type Participants,
} from "@tau2/orchestrator";
import { filterUserTools } from "@tau2/user-sim";
import type { EpisodeContext, Side } from "../episode/frame.ts";
import { createJudge, type EnvOptions } from "./options.ts";

/** What makes the environment of one side different from that of the other. */
export interface LearnerRole<Extra> {
  readonly learner: Side;
  /** In whose name the learner acts. */
  readonly requestor: Requestor;
  /** Who takes part in an episode, and whether a message of the agent ends it. */
  createParticipants(contexts: Contexts): Pick<EpisodeContext, "participants"> & Pick<ConversationRules, "isAgentStop">;
  /** What the learner is told beyond what every learner is told. */
  extra(contexts: Contexts): Extra;
  /** What becomes of the learner's message before anybody sees it. */
  prepare(message: ParticipantMessage): ParticipantMessage;
}

/** What participants are made for, the agent's and the user's side of it. */
export interface Contexts {
  agent: AgentContext;
  user: UserContext;
}

/** The contexts of an episode. */
export function createContexts(environment: EnvironmentConfig, task: Task, seed: number | null): Contexts {
  const shared = { task, environment, policy: getPolicy(environment), seed, trial: 0 };
  const declared = (side: Requestor): ToolDeclaration[] => getTools(environment, side).map(toToolDeclaration);
  return {
    agent: { ...shared, tools: declared("assistant") },
    user: { ...shared, tools: filterUserTools(declared("user"), task.user_tools) },
  };
}

/**
 * Everything that an episode stands on; its clock starts now.
 * @throws Tau2Error `unsupported` when its reward needs a judge and there is none; what making the other side throws
 */
export function createEpisodeContext(
  seat: LearnerRole<unknown>,
  environment: EnvironmentConfig,
  task: Task,
  seed: number | null,
  options: EnvOptions,
): EpisodeContext {
  const { maxSteps = 100, maxErrors = 10, timeoutSeconds = null, turnTimeoutMs = 600_000, withoutJudge = "error" } = options;
  const judge = createJudge(options.judge, task, seed);
  if (!judge && withoutJudge === "error" && needsJudge(task)) {
    throw new Tau2Error(
      "unsupported",
      `the reward of task '${task.id}' rests on natural-language assertions: give a \`judge\`, or \`withoutJudge: "not_graded"\` to leave them out of it`,
    );
  }
  const { participants, isAgentStop } = seat.createParticipants(createContexts(environment, task, seed));
  return {
    learner: seat.learner,
    task,
    rules: { environment, task, maxSteps, maxErrors, timeoutSeconds, enforceProtocol: false, isAgentStop },
    participants: limited(participants, turnTimeoutMs),
    clock: startClock(),
    start: new Date(),
    judge,
    withoutJudge,
    seed,
  };
}

function limited({ agent, user }: EpisodeContext["participants"], turnTimeoutMs: number | null): Pick<Participants, "agent" | "user"> {
  return {
    agent: { ...agent, respond: withTurnDeadline((turn) => agent.respond(turn), turnTimeoutMs, "agent") },
    user: { ...user, respond: withTurnDeadline((turn) => user.respond(turn), turnTimeoutMs, "user") },
  };
}
