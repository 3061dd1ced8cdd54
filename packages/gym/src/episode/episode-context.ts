import { type Task, type EnvironmentConfig, type Requestor, Tau2Error } from "@tau2/domains";
import type { ParticipantMessage } from "@tau2/domains/internal";
import { type ConversationRules, type ClockReading, startClock } from "@tau2/orchestrator";
import { type EvaluationRequest, type NlJudge, needsJudge } from "@tau2/orchestrator/evaluate";
import { episodeDefaults } from "@tau2/orchestrator/defaults";
import { createContexts, withTurnDeadlines, type ParticipantContexts, type Participants } from "@tau2/orchestrator/internal";
import { createJudge, type EnvOptions } from "../env/options.ts";

/** Role of the learner. The other role is the counterpart. */
export type Side = "agent" | "user";

/** Immutable configuration of an episode. */
export interface EpisodeContext {
  readonly learner: Side;
  readonly task: Task;
  readonly rules: ConversationRules;
  /** Both participants. The learner's place holds a placeholder, which a conversation never asks. */
  readonly participants: Pick<Participants, "agent" | "user">;
  readonly clock: () => ClockReading;
  /** Time at which the episode began. */
  readonly start: Date;
  readonly judge: NlJudge | null;
  readonly withoutJudge: NonNullable<EvaluationRequest["withoutJudge"]>;
  readonly seed: number | null;
}

/** Differences between the environments of an agent and of a user. */
export interface LearnerRole<Extra> {
  readonly learner: Side;
  /** Requestor of the learner's tool calls. */
  readonly requestor: Requestor;
  /** Creates both participants, and the rule that tells which messages of the agent end the episode. */
  createParticipants(contexts: ParticipantContexts): Pick<EpisodeContext, "participants"> & Pick<ConversationRules, "isAgentStop">;
  /** Returns the fields of `info` that depend on the role. */
  extra(contexts: ParticipantContexts): Extra;
  /** Converts the learner's message before the conversation gets it. */
  prepare(message: ParticipantMessage): ParticipantMessage;
}

/**
 * Creates the configuration of an episode, and starts its clock.
 * Errors thrown by the factory of the counterpart propagate.
 * @throws Tau2Error `unsupported` if the reward requires a judge and the judge is missing
 */
export function createEpisodeContext(
  role: LearnerRole<unknown>,
  environment: EnvironmentConfig,
  task: Task,
  seed: number | null,
  options: EnvOptions,
): EpisodeContext {
  const { maxSteps = episodeDefaults.maxSteps, maxErrors = episodeDefaults.maxErrors } = options;
  const { turnTimeoutMs = episodeDefaults.turnTimeoutMs, timeoutSeconds = null, withoutJudge = "error" } = options;
  const judge = createJudge(options.judge, task, seed);
  if (!judge && withoutJudge === "error" && needsJudge(task)) {
    throw new Tau2Error(
      "unsupported",
      `the reward of task '${task.id}' depends on natural-language assertions: give a \`judge\`, or \`withoutJudge: "not_graded"\` to leave them out of it`,
    );
  }
  const { participants, isAgentStop } = role.createParticipants(createContexts(environment, { task, seed, trial: 0 }));
  return {
    learner: role.learner,
    task,
    rules: { environment, task, maxSteps, maxErrors, timeoutSeconds, enforceProtocol: false, isAgentStop },
    participants: withTurnDeadlines(participants, turnTimeoutMs),
    clock: startClock(),
    start: new Date(),
    judge,
    withoutJudge,
    seed,
  };
}
