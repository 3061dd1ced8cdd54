import { getErrorMessage } from "@tau2/domains/internal";
import type { Message, RewardInfo, Task } from "@tau2/domains";
import type { Fault, TerminationReason } from "@tau2/orchestrator";
import type { ComponentReport } from "@tau2/orchestrator/evaluate";
import type { EpisodeOutcome, Episode } from "./episode.ts";
import type { Side } from "./frame.ts";

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
  ending: RecordedEnding | null;
  fault: RecordedFault | null;
}

/** How an episode ended, beside what was said. */
export interface RecordedEnding {
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
    ending: outcome && recordedEnding(outcome),
    fault: fault && { class: fault.class, role: fault.role, transient: fault.transient, message: getErrorMessage(fault.error) },
  };
}

function recordedEnding({ simulation, evaluation }: EpisodeOutcome): RecordedEnding {
  return {
    simulation_id: simulation.id,
    ended_at: new Date(simulation.end_time).toISOString(),
    reward_info: evaluation?.rewardInfo ?? null,
    report: evaluation?.report ?? null,
  };
}
