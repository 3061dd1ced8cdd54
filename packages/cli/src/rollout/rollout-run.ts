import type { PreparedRollout } from "./prepare.ts";
import type { RolloutStore } from "./store/open-rollout-store.ts";
import type { RolloutProgress } from "./ui/rollout-progress.ts";

/** A run that goes on. */
export interface RolloutRun extends PreparedRollout {
  readonly name: string;
  /** Where its log and figures are. */
  readonly folder: string;
  /** Where its replay buffer is, and what a trainer keeps. */
  readonly checkpoints: string;
  readonly store: RolloutStore;
  readonly progress: RolloutProgress;
  /** The person asked to stop. */
  readonly signal: AbortSignal;
}
