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
 * Episode as JSON. It holds the messages, from which the state follows, and the grade, so that a replay does not call a model. Created by
 * {@link recordEpisode}; `replay` of an environment restores it.
 */
export interface EpisodeRecord {
  learner: Side;
  task: Task;
  seed: number | null;
  /** Start time in ISO 8601. */
  started_at: string;
  /** Duration in seconds until the record was made. */
  elapsed_s: number;
  /** Whole conversation, the counterpart's calls included. */
  messages: readonly Message[];
  /** Reason for the end of the conversation. Null before the end, and if a fault interrupted it. */
  ended: TerminationReason | null;
  /** Null before the end, and if a fault interrupted the conversation. */
  ending: RecordedOutcome | null;
  fault: RecordedFault | null;
}

/** Outcome of an episode without its messages. */
export interface RecordedOutcome {
  simulation_id: string;
  ended_at: string;
  /** Null if the grading failed. */
  reward_info: RewardInfo | null;
  report: ComponentReport | null;
}

/** Fault as JSON. */
export interface RecordedFault extends Pick<Fault, "class" | "role" | "transient"> {
  message: string;
}

/** Returns an episode as a JSON value. Does not copy: its parts are immutable parts of the episode. */
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
 * Replays the messages and tool calls of a record without asking a model.
 * @throws Tau2Error `replay_mismatch` if the replay differs from the record, for example on other data; `protocol` if the messages violate
 * the protocol
 */
export function replayEpisode(context: EpisodeContext, record: EpisodeRecord): Episode {
  const { fault } = record;
  const conversation = replayConversation(context, record);
  if (conversation.ended !== record.ended) {
    throw createMismatch(`its messages end it with ${conversation.ended ?? "no reason"}, but its \`ended\` is ${record.ended ?? "null"}`);
  }
  if (!fault && !record.ending && (conversation.ended || conversation.nextSpeaker !== context.learner)) {
    throw createMismatch(
      `the ${context.learner} should be next, but after its messages ${conversation.ended ? "the conversation is over" : `the ${conversation.nextSpeaker} is next`}`,
    );
  }
  if (record.ending && !conversation.ended) throw createMismatch("it holds a grade, but its messages do not end the conversation");
  return {
    context: resumeClock(context, record),
    conversation,
    outcome: record.ending && replayOutcome(context, conversation, record, record.ending),
    fault: fault && { class: fault.class, role: fault.role, transient: fault.transient, error: new Tau2Error("recorded", fault.message) },
  };
}

function replayConversation({ rules }: EpisodeContext, { messages, started_at, ended }: EpisodeRecord): Conversation {
  const beginning = formatTimestamp(new Date(started_at));
  // A record holds the whole duration, not the time of each message: only its end can be a timeout.
  const at = (message: Message | undefined): ClockReading => ({ timestamp: message?.timestamp ?? beginning, elapsed: 0 });
  let conversation = startConversation(rules, { timestamp: beginning, elapsed: 0 });
  let told = countMatchingMessages(conversation, messages, 0);
  while (told < messages.length) {
    if (conversation.ended) throw createMismatch(`its messages continue after message ${told}, which ends it (${conversation.ended})`);
    const message = messages[told]!;
    if (conversation.nextSpeaker === "environment") conversation = executeToolCalls(conversation, at(message));
    else if (isParticipantMessage(message)) conversation = applyMessage(conversation, message, at(message));
    else throw createMismatch(`message ${told + 1} is from the ${message.role}, but the ${conversation.nextSpeaker} is next`);
    told = countMatchingMessages(conversation, messages, told);
  }
  const whole = { ...conversation, messages };
  return ended === "timeout" && !whole.ended ? endWithTimeout(whole) : whole;
}

/** Returns the number of messages, after a check that those from `from` on equal the recorded ones. */
function countMatchingMessages({ messages: actual }: Conversation, recorded: readonly Message[], from: number): number {
  for (let i = from; i < actual.length; i++) {
    if (!recorded[i]) throw createMismatch(`it ends after ${recorded.length} messages, before the tool results that follow`);
    if (!isSameMessage(actual[i]!, recorded[i]!)) {
      throw createMismatch(
        `message ${i + 1} is replayed as\n${formatMessage(actual[i]!)}\nbut the record holds\n${formatMessage(recorded[i]!)}`,
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

/** Returns the context with a clock that continues from the recorded duration. */
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
