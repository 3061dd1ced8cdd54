import { Tau2Error, type EnvironmentConfig, type Task } from "@tau2/domains";
import { needsJudge, startClock, withTurnDeadline, type Participants } from "@tau2/orchestrator";
import type { EpisodeContext } from "../episode/frame.ts";
import { createJudge, type EnvOptions } from "./options.ts";
import { createContexts, type LearnerRole } from "./seat.ts";

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
