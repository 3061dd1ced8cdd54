import { type Task, type EnvironmentConfig, type ParticipantMessage, type Requestor, Tau2Error } from "@tau2/domains";
import { type ConversationRules, type ClockReading, type Participants, startClock } from "@tau2/orchestrator";
import { type EvaluationRequest, type NlJudge, needsJudge } from "@tau2/orchestrator/evaluate";
import { createContexts, episodeDefaults, withTurnDeadlines, type ParticipantContexts } from "@tau2/orchestrator/internal";
import { createJudge, type EnvOptions } from "../env/options.ts";

/** Whom the learner plays; the other one is the counterpart. */
export type Side = "agent" | "user";

/** What stays the same for the whole of an episode. */
export interface EpisodeContext {
  readonly learner: Side;
  readonly task: Task;
  readonly rules: ConversationRules;
  /** The learner's place is taken by somebody who is never asked. */
  readonly participants: Pick<Participants, "agent" | "user">;
  readonly clock: () => ClockReading;
  /** When the episode began. */
  readonly start: Date;
  readonly judge: NlJudge | null;
  readonly withoutJudge: NonNullable<EvaluationRequest["withoutJudge"]>;
  readonly seed: number | null;
}

/** What makes the environment of one side different from that of the other. */
export interface LearnerRole<Extra> {
  readonly learner: Side;
  /** In whose name the learner acts. */
  readonly requestor: Requestor;
  /** Who takes part in an episode, and whether a message of the agent ends it. */
  createParticipants(contexts: ParticipantContexts): Pick<EpisodeContext, "participants"> & Pick<ConversationRules, "isAgentStop">;
  /** What the learner is told beyond what every learner is told. */
  extra(contexts: ParticipantContexts): Extra;
  /** What becomes of the learner's message before anybody sees it. */
  prepare(message: ParticipantMessage): ParticipantMessage;
}

/**
 * Everything that an episode stands on; its clock starts now.
 * @throws Tau2Error `unsupported` when its reward needs a judge and there is none; what making the other side throws
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
      `the reward of task '${task.id}' rests on natural-language assertions: give a \`judge\`, or \`withoutJudge: "not_graded"\` to leave them out of it`,
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
