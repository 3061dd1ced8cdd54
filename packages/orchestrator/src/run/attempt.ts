import { getErrorMessage } from "@tau2/domains/internal";
import type { EnvironmentConfig } from "@tau2/domains";
import { ModelError } from "@tau2/user-sim";
import { startDeadline } from "@tau2/user-sim/internal";
import type { AgentFactory, UserFactory } from "../agent/agent.ts";
import {
  endWithTimeout,
  executeToolCalls,
  runConversation,
  startClock,
  toTrajectory,
  type ClockReading,
  type Conversation,
  type Participants,
  type Trajectory,
} from "../conversation/conversation.ts";
import { startConversation } from "../conversation/start-conversation.ts";
import { runDefaults } from "./defaults.ts";
import { classifyFault, findCulprit, type Fault, type FaultRole } from "./fault.ts";
import { createContexts, withTurnDeadlines } from "./participants.ts";
import type { SimulationSpec } from "./plan-run.ts";

/** Options of a conversation, the same for all simulations of a run. */
export interface AttemptOptions {
  environment: EnvironmentConfig;
  agent: AgentFactory;
  user: UserFactory;
  /** Steps after which the conversation ends. Default 200. */
  maxSteps?: number | undefined;
  /** Failed tool calls after which the conversation ends. Default 10. */
  maxErrors?: number | undefined;
  /** Seconds after which the conversation ends, also while a participant is working. By default null, without a limit. */
  timeoutSeconds?: number | null | undefined;
  /** Milliseconds for each message of a participant. Default 600,000; null disables the limit. */
  turnTimeoutMs?: number | null | undefined;
  /** True if a message with both text and tool calls ends the conversation. Default false. */
  enforceProtocol?: boolean | undefined;
}

/** Outcome of one attempt: a finished conversation, or a fault and the conversation so far (null if it did not start). */
export type Attempt =
  | { readonly fault: null; readonly conversation: Conversation; readonly trajectory: Trajectory }
  | { readonly fault: Fault; readonly conversation: Conversation | null };

/** Runs one simulation once, up to its end or its first fault. Errors of participants are returned as a fault. */
export async function runAttempt(
  spec: SimulationSpec,
  options: AttemptOptions,
  { signal, onStep }: Pick<Participants, "signal" | "onStep"> = {},
): Promise<Attempt> {
  const { environment, timeoutSeconds = null, enforceProtocol = false } = options;
  const { maxSteps = runDefaults.maxSteps, maxErrors = runDefaults.maxErrors, turnTimeoutMs = runDefaults.turnTimeoutMs } = options;
  const clock = startClock();
  const deadline = startDeadline({ timeoutMs: timeoutSeconds === null ? null : timeoutSeconds * 1000, signal });
  let creating: FaultRole = "environment";
  let current: Conversation | null = null;
  try {
    const contexts = createContexts(environment, spec);
    creating = "agent";
    const agent = options.agent(contexts.agent);
    creating = "user";
    const user = options.user(contexts.user);
    creating = "environment";
    const isAgentStop: Conversation["rules"]["isAgentStop"] = (message) => agent.isStop?.(message) ?? false;
    const rules = { environment, task: spec.task, maxSteps, maxErrors, timeoutSeconds, enforceProtocol, isAgentStop };
    current = startConversation(rules, clock());
    await runConversation(current, {
      ...withTurnDeadlines({ agent, user }, turnTimeoutMs),
      clock,
      signal: deadline.signal,
      onStep(next) {
        current = next;
        onStep?.(next);
      },
    });
    return { fault: null, conversation: current, trajectory: toTrajectory(current) };
  } catch (error) {
    if (current && !current.ended && deadline.isExpired()) return endAtDeadline(current, clock());
    const role = current ? findCulprit(current, error) : creating;
    return { fault: classifyFault(signal?.aborted ? toCancellation(signal) : error, role), conversation: current };
  } finally {
    deadline.release();
  }
}

/** Ends a conversation whose time is up. Tool calls that were made still count; a pending reply does not. */
function endAtDeadline(current: Conversation, now: ClockReading): Attempt {
  try {
    const executed = current.nextSpeaker === "environment" ? executeToolCalls(current, now) : current;
    const conversation = executed.ended ? executed : endWithTimeout(executed);
    return { fault: null, conversation, trajectory: toTrajectory(conversation) };
  } catch (error) {
    return { fault: classifyFault(error, findCulprit(current, error)), conversation: current };
  }
}

function toCancellation({ reason }: AbortSignal): ModelError {
  return new ModelError("cancelled", `the run was cancelled: ${getErrorMessage(reason)}`, { cause: reason });
}
