import { Tau2Error, type EnvironmentSetup, type Task } from "@tau2/domains";
import { needsJudge, startClock, withTurnDeadline, type Participants } from "@tau2/orchestrator";
import type { Frame } from "../episode/frame.ts";
import { judgeOf, type EnvOptions } from "./options.ts";
import { contextsOf, type Seat } from "./seat.ts";

/**
 * Everything that an episode stands on; its clock starts now.
 * @throws Tau2Error `unsupported` when its reward needs a judge and there is none; what making the other side throws
 */
export function makeFrame(seat: Seat<unknown>, environment: EnvironmentSetup, task: Task, seed: number | null, options: EnvOptions): Frame {
  const { maxSteps = 100, maxErrors = 10, timeoutSeconds = null, turnTimeoutMs = 600_000, withoutJudge = "error" } = options;
  const judge = judgeOf(options.judge, task, seed);
  if (!judge && withoutJudge === "error" && needsJudge(task)) {
    throw new Tau2Error(
      "unsupported",
      `the reward of task '${task.id}' rests on natural-language assertions: give a \`judge\`, or \`withoutJudge: "not_graded"\` to leave them out of it`,
    );
  }
  const { participants, isAgentStop } = seat.invite(contextsOf(environment, task, seed));
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

function limited({ agent, user }: Frame["participants"], turnTimeoutMs: number | null): Pick<Participants, "agent" | "user"> {
  return {
    agent: { ...agent, respond: withTurnDeadline((turn) => agent.respond(turn), turnTimeoutMs, "agent") },
    user: { ...user, respond: withTurnDeadline((turn) => user.respond(turn), turnTimeoutMs, "user") },
  };
}
