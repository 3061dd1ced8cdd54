import { type EnvironmentConfig, type ParticipantMessage, type Requestor, type Task, Tau2Error } from "@tau2/domains";
import { type ConversationRules, startClock } from "@tau2/orchestrator";
import { needsJudge } from "@tau2/orchestrator/evaluate";
import { runDefaults, withTurnDeadlines, createContexts, type ParticipantContexts } from "@tau2/orchestrator/internal";
import type { EpisodeContext, Side } from "../episode/frame.ts";
import { createJudge, type EnvOptions } from "./options.ts";

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
  seat: LearnerRole<unknown>,
  environment: EnvironmentConfig,
  task: Task,
  seed: number | null,
  options: EnvOptions,
): EpisodeContext {
  const { maxSteps = 100, maxErrors = runDefaults.maxErrors, timeoutSeconds = null, withoutJudge = "error" } = options;
  const { turnTimeoutMs = runDefaults.turnTimeoutMs } = options;
  const judge = createJudge(options.judge, task, seed);
  if (!judge && withoutJudge === "error" && needsJudge(task)) {
    throw new Tau2Error(
      "unsupported",
      `the reward of task '${task.id}' rests on natural-language assertions: give a \`judge\`, or \`withoutJudge: "not_graded"\` to leave them out of it`,
    );
  }
  const { participants, isAgentStop } = seat.createParticipants(createContexts(environment, { task, seed, trial: 0 }));
  return {
    learner: seat.learner,
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
