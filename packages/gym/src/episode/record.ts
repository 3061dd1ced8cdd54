import { type Message, type RewardInfo, type Task, Tau2Error } from "@tau2/domains";
import { getErrorMessage, isParticipantMessage, getPolicy, jsonEquals } from "@tau2/domains/internal";
import {
  type Fault,
  type TerminationReason,
  executeToolCalls,
  startConversation,
  applyMessage,
  toTrajectory,
  type Conversation,
  type ClockReading,
} from "@tau2/orchestrator";
import type { ComponentReport } from "@tau2/orchestrator/evaluate";
import { toSimulationRun, endWithTimeout, formatTimestamp } from "@tau2/orchestrator/internal";
import type { Side, EpisodeContext } from "./episode-context.ts";
import type { EpisodeOutcome, Episode } from "./episode.ts";

/**
 * An episode as JSON holds it: what was said, from which everything else follows, and what nobody is to be asked again. Made by
 * {@link recordEpisode}, brought back by `replay` of an environment of its kind.
 */
export interface EpisodeRecord {
  learner: Side;
  task: Task;
  seed: number | null;
  /** When it began, as ISO 8601 says it. */
  started_at: string;
  /** Seconds that it took up to now. */
  elapsed_s: number;
  /** The whole conversation, the other side's calls included. */
  messages: readonly Message[];
  /** Why the conversation ended; null while it goes on, and when it broke off. */
  ended: TerminationReason | null;
  /** Null while it goes on, and when it broke off. */
  ending: RecordedOutcome | null;
  fault: RecordedFault | null;
}

/** How an episode ended, beside what was said. */
export interface RecordedOutcome {
  simulation_id: string;
  ended_at: string;
  /** Null when it could not be graded. */
  reward_info: RewardInfo | null;
  report: ComponentReport | null;
}

/** A fault as JSON holds it. */
export interface RecordedFault extends Pick<Fault, "class" | "role" | "transient"> {
  message: string;
}

/** An episode as JSON can hold it. It costs no copy: its parts are those of the episode, which never change. */
export function recordEpisode({ context, conversation, outcome, fault }: Episode): EpisodeRecord {
  return {
    learner: context.learner,
    task: context.task,
    seed: context.seed,
    started_at: context.start.toISOString(),
    elapsed_s: outcome?.simulation.duration ?? context.clock().elapsed,
    messages: conversation.messages,
    ended: conversation.ended,
    ending: outcome && recordOutcome(outcome),
    fault: fault && { class: fault.class, role: fault.role, transient: fault.transient, message: getErrorMessage(fault.error) },
  };
}

function recordOutcome({ simulation, evaluation }: EpisodeOutcome): RecordedOutcome {
  return {
    simulation_id: simulation.id,
    ended_at: new Date(simulation.end_time).toISOString(),
    reward_info: evaluation?.rewardInfo ?? null,
    report: evaluation?.report ?? null,
  };
}

/**
 * The episode of a record: what was said is said again, what was called is called again, and nobody is asked.
 * @throws Tau2Error `replay_mismatch` when the record does not come out again, such as on other data; `protocol` when its messages do not
 * hold together
 */
export function replayEpisode(context: EpisodeContext, record: EpisodeRecord): Episode {
  const { fault } = record;
  const conversation = replayConversation(context, record);
  if (conversation.ended !== record.ended) {
    throw createMismatch(`its messages end it with ${conversation.ended ?? "nothing"}, but it says ${record.ended ?? "that it goes on"}`);
  }
  if (!fault && !record.ending && (conversation.ended || conversation.nextSpeaker !== context.learner)) {
    throw createMismatch(
      `it says that the ${context.learner} is next, but its messages leave the turn to ${conversation.ended ? "nobody" : `the ${conversation.nextSpeaker}`}`,
    );
  }
  if (record.ending && !conversation.ended) throw createMismatch("it holds a grade, but its messages do not come to an end");
  return {
    context: resumeClock(context, record),
    conversation,
    outcome: record.ending && replayOutcome(context, conversation, record, record.ending),
    fault: fault && { class: fault.class, role: fault.role, transient: fault.transient, error: new Tau2Error("recorded", fault.message) },
  };
}

function replayConversation({ rules }: EpisodeContext, { messages, started_at, ended }: EpisodeRecord): Conversation {
  const beginning = formatTimestamp(new Date(started_at));
  // A record says how long the whole took, not when within it each message came: only its end may be for want of time.
  const at = (message: Message | undefined): ClockReading => ({ timestamp: message?.timestamp ?? beginning, elapsed: 0 });
  let conversation = startConversation(rules, { timestamp: beginning, elapsed: 0 });
  let told = countMatchingMessages(conversation, messages, 0);
  while (told < messages.length) {
    if (conversation.ended) throw createMismatch(`its messages go on after message ${told}, which ends it (${conversation.ended})`);
    const message = messages[told]!;
    if (conversation.nextSpeaker === "environment") conversation = executeToolCalls(conversation, at(message));
    else if (isParticipantMessage(message)) conversation = applyMessage(conversation, message, at(message));
    else throw createMismatch(`message ${told + 1} is of the ${message.role}, and it is the ${conversation.nextSpeaker}'s turn`);
    told = countMatchingMessages(conversation, messages, told);
  }
  const whole = { ...conversation, messages };
  return ended === "timeout" && !whole.ended ? endWithTimeout(whole) : whole;
}

/** How many messages there are, having seen to it that those from `from` on are the recorded ones. */
function countMatchingMessages({ messages: actual }: Conversation, recorded: readonly Message[], from: number): number {
  for (let i = from; i < actual.length; i++) {
    if (!recorded[i]) throw createMismatch(`it ends after ${recorded.length} messages, in the middle of what is said and answered at once`);
    if (!isSameMessage(actual[i]!, recorded[i]!)) {
      throw createMismatch(
        `message ${i + 1} comes out as\n${formatMessage(actual[i]!)}\nbut the record holds\n${formatMessage(recorded[i]!)}`,
      );
    }
  }
  return actual.length;
}

function isSameMessage(actual: Message, recorded: Message): boolean {
  if (actual.role !== recorded.role || (actual.content ?? "") !== (recorded.content ?? "")) return false;
  if (actual.role === "tool" && recorded.role === "tool") {
    return actual.id === recorded.id && actual.error === recorded.error && actual.requestor === recorded.requestor;
  }
  return jsonEquals(getToolCalls(actual), getToolCalls(recorded));
}

function getToolCalls(message: Message): unknown {
  return isParticipantMessage(message) ? message.tool_calls : null;
}

function formatMessage({ role, content }: Message): string {
  const text = content ?? "";
  return `${role}: ${text.length > 300 ? `${text.slice(0, 300)}…` : text}`;
}

/** The context with a clock that goes on from where it stood. */
function resumeClock(context: EpisodeContext, { elapsed_s, started_at }: EpisodeRecord): EpisodeContext {
  const { clock } = context;
  return {
    ...context,
    start: new Date(started_at),
    clock() {
      const { timestamp, elapsed } = clock();
      return { timestamp, elapsed: elapsed + elapsed_s };
    },
  };
}

function replayOutcome(
  { task, seed, rules }: EpisodeContext,
  conversation: Conversation,
  { started_at, elapsed_s }: EpisodeRecord,
  { simulation_id, ended_at, reward_info, report }: NonNullable<EpisodeRecord["ending"]>,
): EpisodeOutcome {
  const span = { start: new Date(started_at), end: new Date(ended_at), seconds: elapsed_s };
  const simulation = toSimulationRun({ task, trial: null, seed }, toTrajectory(conversation), span, getPolicy(rules.environment));
  return {
    simulation: { ...simulation, id: simulation_id },
    evaluation: reward_info && report ? { rewardInfo: reward_info, report } : null,
  };
}

function createMismatch(what: string): Tau2Error {
  return new Tau2Error("replay_mismatch", `the record of the episode does not replay: ${what}`);
}
