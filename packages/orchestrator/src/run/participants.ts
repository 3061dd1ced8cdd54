import { getErrorMessage, getPolicy, getTools, toToolDeclaration } from "@tau2/domains/internal";
import type { EnvironmentConfig, Message, Task } from "@tau2/domains";
import { ModelError, type UserSimulator } from "@tau2/user-sim";
import { filterUserTools, raceDeadline, startDeadline } from "@tau2/user-sim/internal";
import type { Agent, AgentContext, UserContext } from "../agent/agent.ts";

/** Contexts in which the participants of a simulation are created. */
export interface ParticipantContexts {
  agent: AgentContext;
  user: UserContext;
}

/** Creates the contexts for an agent and a user from the task, its trial and its environment. */
export function createContexts(
  environment: EnvironmentConfig,
  { task, seed, trial }: { task: Task; seed: number | null; trial: number },
): ParticipantContexts {
  const shared = { task, environment, policy: getPolicy(environment), seed, trial };
  const declareTools = (side: "assistant" | "user") => getTools(environment, side).map(toToolDeclaration);
  return {
    agent: { ...shared, tools: declareTools("assistant") },
    user: { ...shared, tools: filterUserTools(declareTools("user"), task.user_tools) },
  };
}

/**
 * Limits the time of each message of both participants. Their `respond` then rejects with ModelError `timeout` or `cancelled`, also if the
 * participant ignores its signal.
 */
export function withTurnDeadlines(
  { agent, user }: { agent: Agent; user: UserSimulator },
  turnTimeoutMs: number | null,
): { agent: Agent; user: UserSimulator } {
  return {
    agent: { ...describe(agent), respond: withTurnDeadline((turn) => agent.respond(turn), turnTimeoutMs, "agent") },
    user: { ...describe(user), respond: withTurnDeadline((turn) => user.respond(turn), turnTimeoutMs, "user") },
  };
}

/** Only what a conversation needs: a participant may be an instance of a class, whose methods a spread would lose. */
function describe({ implementation, model }: Agent | UserSimulator): Pick<Agent, "implementation" | "model"> {
  return { implementation, model };
}

interface Turn {
  messages: readonly Message[];
  signal?: AbortSignal | undefined;
}

function withTurnDeadline<M>(
  respond: (turn: Turn) => M | Promise<M>,
  timeoutMs: number | null,
  role: "agent" | "user",
): (turn: Turn) => M | Promise<M> {
  return ({ messages, signal }) => {
    const controller = new AbortController();
    const reply = respond({ messages, signal: controller.signal });
    // A participant that answers synchronously costs no timer.
    if (!(reply instanceof Promise)) return reply;
    const deadline = startDeadline({
      controller,
      timeoutMs,
      signal,
      createTimeoutError: () =>
        new ModelError("timeout", `the ${role} sent no message within ${timeoutMs! / 1000} seconds, the limit of a turn`),
      createAbortError: (cause) => new ModelError("cancelled", `the ${role}'s turn was cancelled: ${getErrorMessage(cause)}`, { cause }),
    });
    return raceDeadline(reply, deadline);
  };
}
