import type { Task } from "@tau2/domains";
import type { ConversationRules, ClockReading, Participants } from "@tau2/orchestrator";
import type { EvaluationRequest, NlJudge } from "@tau2/orchestrator/evaluate";

/** Whom the learner plays; the other one is the counterpart. */
export type Side = "agent" | "user";

/** What stays the same for the whole of an episode. */
export interface EpisodeContext {
  readonly learner: Side;
  readonly task: Task;
  readonly rules: ConversationRules;
  /** The learner's place is taken by somebody who is never asked. */
  readonly participants: Pick<Participants, "agent" | "user">;
  readonly clock: () => ClockReading;
  /** When the episode began. */
  readonly start: Date;
  readonly judge: NlJudge | null;
  readonly withoutJudge: NonNullable<EvaluationRequest["withoutJudge"]>;
  readonly seed: number | null;
}
