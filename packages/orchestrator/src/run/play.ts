import { isTau2Error, getErrorMessage, getPolicy, toToolDeclaration, getTools, type EnvironmentConfig } from "@tau2/domains";
import { filterUserTools, ModelError, type UserSimulator } from "@tau2/user-sim";
import type { Agent, AgentFactory, ParticipantContext, UserFactory } from "../agent/agent.ts";
import { startConversation } from "../conversation/begin.ts";
import { startClock, type Conversation, type ClockReading } from "../conversation/conversation.ts";
import { runConversation, type Participants } from "../conversation/converse.ts";
import { toTrajectory, type Trajectory, executeToolCalls, endWithTimeout } from "../conversation/step.ts";
import { runDefaults } from "./defaults.ts";
import { episodeDeadline, withTurnDeadline } from "./turn-deadline.ts";
import { classifyFault, type Fault, type FaultRole } from "./fault.ts";
import type { SimulationSpec } from "./plan-run.ts";

/** How conversations are held; the same for all simulations of a run. */
export interface AttemptOptions {
  environment: EnvironmentConfig;
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
  /** Ends a conversation at a message that both talks and calls (docs/spec/core.md#6-4). By default false. */
  enforceProtocol?: boolean | undefined;
}

/** What one attempt at a simulation came to: a finished conversation, or a fault and how far it got by then (null: it could not begin). */
export type Attempt =
  | { readonly fault: null; readonly conversation: Conversation; readonly trajectory: Trajectory }
  | { readonly fault: Fault; readonly conversation: Conversation | null };

/** Plays one simulation once, from its initial state to its end or to the first fault. What participants throw comes back as a fault. */
export async function runAttempt(
  unit: SimulationSpec,
  options: AttemptOptions,
  watch: Pick<Participants, "signal" | "onStep"> = {},
): Promise<Attempt> {
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
    current = startConversation(
      { environment, task: unit.task, maxSteps, maxErrors, timeoutSeconds, enforceProtocol, isAgentStop },
      clock(),
    );
    await runConversation(current, {
      ...underDeadlines(agent, user, options),
      clock,
      signal: episode.signal,
      onStep(next) {
        current = next;
        watch.onStep?.(next);
      },
    });
    return { fault: null, conversation: current, trajectory: toTrajectory(current) };
  } catch (error) {
    if (current && !current.ended && episode.isOver()) return outOfTime(current, clock());
    const role = current ? culprit(current, error) : making;
    return { fault: classifyFault(watch.signal?.aborted ? cancellation(watch.signal) : error, role), conversation: current };
  } finally {
    episode.clear();
  }
}

function contexts({ task, seed, trial }: SimulationSpec, environment: EnvironmentConfig) {
  const context: ParticipantContext = { task, environment, policy: getPolicy(environment), seed, trial };
  const declared = (side: "assistant" | "user") => getTools(environment, side).map(toToolDeclaration);
  return {
    agentContext: { ...context, tools: declared("assistant") },
    userContext: { ...context, tools: filterUserTools(declared("user"), task.user_tools) },
  };
}

function underDeadlines(
  agent: Agent,
  user: UserSimulator,
  { turnTimeoutMs = runDefaults.turnTimeoutMs }: AttemptOptions,
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
function outOfTime(current: Conversation, now: ClockReading): Attempt {
  try {
    const answered = current.nextSpeaker === "environment" ? executeToolCalls(current, now) : current;
    const conversation = answered.ended ? answered : endWithTimeout(answered);
    return { fault: null, conversation, trajectory: toTrajectory(conversation) };
  } catch (error) {
    return { fault: classifyFault(error, culprit(current, error)), conversation: current };
  }
}

/** Whose turn it was; or whose message the environment could do nothing with. */
function culprit({ lastSpeaker, nextSpeaker }: Conversation, error: unknown): FaultRole {
  if (nextSpeaker !== "environment") return nextSpeaker;
  return isTau2Error(error) && error.code === "protocol" ? lastSpeaker : "environment";
}

function cancellation({ reason }: AbortSignal): ModelError {
  return new ModelError("cancelled", `the run was cancelled: ${getErrorMessage(reason)}`, { cause: reason });
}
