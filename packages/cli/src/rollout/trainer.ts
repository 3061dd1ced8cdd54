import type { JsonObject } from "@tau2/domains";
import type { ReplayBuffer, Rollout } from "@tau2/gym/training";
import type { TaskGroup } from "@tau2/gym/internal";
import { isRecord } from "@tau2/domains/internal";
import { loadExport } from "../import-module.ts";

/** Description of the run, for the trainer, before the first batch. */
export interface TrainerRun {
  /** The run's name. */
  name: string;
  /** Its folder, and the one for whatever the trainer keeps. */
  log_path: string;
  checkpoint_path: string;
  /** Every key of every configuration, those that rollouts do not use among them. */
  config: {
    environment: JsonObject;
    generator: JsonObject;
    trainer: JsonObject;
    replay_buffer: JsonObject;
    model: JsonObject | null;
    lora: JsonObject | null;
  };
  num_batches: number;
  /** First batch: 0, or the one at which an interrupted run continues. */
  first_batch: number;
}

/** A batch that was played. */
export interface TrainingBatch {
  batch: number;
  /** Attempts by task, with returns and advantages in their steps. */
  groups: readonly TaskGroup[];
  rollouts: readonly Rollout[];
  /** All steps so far, these among them. */
  replay_buffer: ReplayBuffer;
  /** The run is to end early. */
  signal: AbortSignal;
}

/** Outcome of an update. */
export interface TrainerUpdate {
  /** Under which name the endpoint has the new weights, where it is another one. */
  model_name?: string | undefined;
  /** Address of the policy's model from now on. */
  base_url?: string | undefined;
  /** Stand in the metrics of the batch. */
  metrics?: Readonly<Record<string, number>> | undefined;
}

/**
 * A program that changes weights. `tau2 rollout --trainer FILE` plays the batches and hands them over; everything else, such as the optimizer,
 * the loss and where weights are, is the trainer's own. Exported by the module as its default, or as its only export of this kind.
 */
export interface Trainer {
  /** Called once, before anything is played. What it returns is the policy to begin with. */
  begin?(run: TrainerRun): Promise<TrainerUpdate | void> | TrainerUpdate | void;
  /** Learns from a batch. */
  update(batch: TrainingBatch): Promise<TrainerUpdate | void> | TrainerUpdate | void;
  /** Saves the weights before a batch is played: every `save_every` batches, and when an evaluation was the best so far. */
  save?(checkpoint: { batch: number; best: boolean; path: string }): Promise<void> | void;
  /** Called once in the end, also when the run was interrupted. */
  end?(): Promise<void> | void;
}

/** Loads the trainer that a module exports. @throws UsageError when it does not export one */
export function loadTrainer(file: string, cwd: string): Promise<Trainer> {
  return loadExport(file, cwd, {
    name: "a trainer",
    advice: "export one object with a function update(batch), as the default or by name",
    accepts: isTrainer,
  });
}

function isTrainer(value: unknown): value is Trainer {
  return isRecord(value) && typeof value["update"] === "function";
}
