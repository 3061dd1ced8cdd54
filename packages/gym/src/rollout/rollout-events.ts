import type { EpisodeStep } from "./episode-step.ts";
import type { Rollout, RolloutKey } from "./rollout-record.ts";
import type { RolloutTotals } from "./rollout-totals.ts";

/** What happens in a run of rollouts, as it happens. */
export type RolloutEvent =
  /** Before anything starts: what is to be played, without what was handed in as finished. */
  | { type: "planned"; episodes: readonly RolloutKey[]; totals: RolloutTotals }
  | { type: "started"; episode: RolloutKey; totals: RolloutTotals }
  /** A turn was played. */
  | { type: "step"; episode: RolloutKey; step: EpisodeStep }
  /** An episode has its reward. */
  | { type: "finished"; rollout: Rollout; totals: RolloutTotals }
  /** An episode has none: `rollout.error` says why. */
  | { type: "failed"; rollout: Rollout; totals: RolloutTotals };
