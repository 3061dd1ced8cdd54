import type { RolloutStore } from "@tau2/gym/training";
import type { PreparedRollout } from "./prepare.ts";
import type { RolloutProgress } from "./progress.ts";

/** A running run. */
export interface RolloutRun extends PreparedRollout {
  readonly name: string;
  /** Folder of its log and metrics. */
  readonly folder: string;
  /** Folder of its replay buffer and the trainer's files. */
  readonly checkpoints: string;
  readonly store: RolloutStore;
  readonly progress: RolloutProgress;
  /** The person asked to stop. */
  readonly signal: AbortSignal;
}
