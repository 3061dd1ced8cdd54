import { isTau2Error, messageOf, policyOf, toolDeclaration, toolsOf, type EnvironmentSetup } from "@tau2/domains";
import { filterUserTools, ModelError, type User } from "@tau2/user-sim";
import type { Agent } from "../agent/agent.ts";
import { begin } from "../conversation/begin.ts";
import { startClock } from "../conversation/clock.ts";
import type { Conversation, Moment } from "../conversation/conversation.ts";
import { converse, type Participants } from "../conversation/converse.ts";
import { finish, type Trajectory } from "../conversation/finish.ts";
import { answerCalls } from "../conversation/step.ts";
import { timeOut } from "../conversation/time-out.ts";
import { runDefaults } from "./defaults.ts";
import { episodeDeadline } from "./episode-deadline.ts";
import type { AgentFactory, ParticipantContext, UserFactory } from "./factories.ts";
import { faultOf, type Fault, type FaultRole } from "./fault.ts";
import type { RunUnit } from "./plan-run.ts";
import { withTurnDeadline } from "./turn-deadline.ts";

/** How conversations are held; the same for all simulations of a run. */
export interface PlayOptions {
  environment: EnvironmentSetup;
  agent: AgentFactory;
  user: UserFactory;
  /** Steps after which a conversation ends. By default 200. */
  maxSteps?: number | undefined;
  /** Failed tool calls after which a conversation ends. By default 10. */
  maxErrors?: number | undefined;
  /** Seconds after which a conversation ends, also when somebody still thinks. By default null, no limit. */
  timeoutSeconds?: number | null | undefined;
  /** Milliseconds that a participant has for a message. By default ten minutes; null for no limit. */
  turnTimeoutMs?: number | null | undefined;
  /** Ends a conversation at a message that both talks and calls (spec core 6.4). By default false. */
  enforceProtocol?: boolean | undefined;
}

/** What one attempt at a simulation came to: a finished conversation, or a fault and how far it got by then (null: it could not begin). */
export type Attempt =
  | { readonly fault: null; readonly conversation: Conversation; readonly trajectory: Trajectory }
  | { readonly fault: Fault; readonly conversation: Conversation | null };

/** Plays one simulation once, from its initial state to its end or to the first fault. What participants throw comes back as a fault. */
export async function play(unit: RunUnit, options: PlayOptions, watch: Pick<Participants, "signal" | "onStep"> = {}): Promise<Attempt> {
  const { environment, timeoutSeconds = null, enforceProtocol = false } = options;
  const { maxSteps = runDefaults.maxSteps, maxErrors = runDefaults.maxErrors } = options;
  const clock = startClock();
  const episode = episodeDeadline(timeoutSeconds, watch.signal);
  let making: FaultRole = "environment";
  let current: Conversation | null = null;
  try {
    const { agentContext, userContext } = contexts(unit, environment);
    making = "agent";
    const agent = options.agent(agentContext);
    making = "user";
    const user = options.user(userContext);
    making = "environment";
    const isAgentStop: Conversation["rules"]["isAgentStop"] = (message) => agent.isStop?.(message) ?? false;
    current = begin({ environment, task: unit.task, maxSteps, maxErrors, timeoutSeconds, enforceProtocol, isAgentStop }, clock());
    await converse(current, {
      ...underDeadlines(agent, user, options),
      clock,
      signal: episode.signal,
      onStep(next) {
        current = next;
        watch.onStep?.(next);
      },
    });
    return { fault: null, conversation: current, trajectory: finish(current) };
  } catch (error) {
    if (current && !current.ended && episode.isOver()) return outOfTime(current, clock());
    const role = current ? culprit(current, error) : making;
    return { fault: faultOf(watch.signal?.aborted ? cancellation(watch.signal) : error, role), conversation: current };
  } finally {
    episode.clear();
  }
}

function contexts({ task, seed, trial }: RunUnit, environment: EnvironmentSetup) {
  const context: ParticipantContext = { task, environment, policy: policyOf(environment), seed, trial };
  const declared = (side: "assistant" | "user") => toolsOf(environment, side).map(toolDeclaration);
  return {
    agentContext: { ...context, tools: declared("assistant") },
    userContext: { ...context, tools: filterUserTools(declared("user"), task.user_tools) },
  };
}

function underDeadlines(
  agent: Agent,
  user: User,
  { turnTimeoutMs = runDefaults.turnTimeoutMs }: PlayOptions,
): Pick<Participants, "agent" | "user"> {
  return {
    agent: {
      implementation: agent.implementation,
      model: agent.model,
      respond: withTurnDeadline((turn) => agent.respond(turn), turnTimeoutMs, "agent"),
    },
    user: {
      implementation: user.implementation,
      model: user.model,
      respond: withTurnDeadline((turn) => user.respond(turn), turnTimeoutMs, "user"),
    },
  };
}

/** Time ran out in the middle of a step. Calls that are already made still count; nobody is asked any more. */
function outOfTime(current: Conversation, now: Moment): Attempt {
  try {
    const answered = current.to === "environment" ? answerCalls(current, now) : current;
    const conversation = answered.ended ? answered : timeOut(answered);
    return { fault: null, conversation, trajectory: finish(conversation) };
  } catch (error) {
    return { fault: faultOf(error, culprit(current, error)), conversation: current };
  }
}

/** Whose turn it was; or whose message the environment could do nothing with. */
function culprit({ from, to }: Conversation, error: unknown): FaultRole {
  if (to !== "environment") return to;
  return isTau2Error(error) && error.code === "protocol" ? from : "environment";
}

function cancellation({ reason }: AbortSignal): ModelError {
  return new ModelError("cancelled", `the run was cancelled: ${messageOf(reason)}`, { cause: reason });
}
