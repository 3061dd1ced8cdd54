import { resolve } from "node:path";
import type { JsonObject } from "@tau2/domains";
import type { Rollout } from "@tau2/gym/training";
import { returnDefaults } from "@tau2/gym/defaults";
import type { ReturnOptions } from "@tau2/gym/internal";
import { formatTimestamp } from "@tau2/orchestrator/internal";
import type { CliIo } from "../io.ts";
import type { RoleEndpoint } from "../config/endpoint.ts";
import { chooseEnvironment, type ChosenEnvironment } from "./choose-environment.ts";
import { choosePolicy, type ChosenPolicy } from "./choose-policy.ts";
import type { ComposedRollout } from "../config/compose-rollout.ts";
import { createRolloutIdentity, createRunStem } from "./identity.ts";
import { loadTrainer, type Trainer } from "./trainer.ts";

/** Rollouts that are ready to be played. */
export interface PreparedRollout {
  readonly composed: ComposedRollout;
  readonly policy: ChosenPolicy;
  /** Environment of the batches. */
  readonly batch: ChosenEnvironment;
  /** Environment of the evaluations; null without one of their own. */
  readonly evaluation: ChosenEnvironment | null;
  readonly trainer: Trainer | null;
  readonly identity: JsonObject;
  /** The run's name without its time. */
  readonly stem: string;
  readonly started: Date;
  readonly logPath: string;
  readonly checkpointPath: string;
  readonly returns: Required<ReturnOptions>;
  /** Episodes at a time. */
  readonly concurrency: number;
  readonly endpoints: readonly RoleEndpoint[];
  readonly notes: readonly string[];
}

/** Prepares a run without sending requests. @throws for faults of the options, the data or the endpoints */
export async function prepareRollout(composed: ComposedRollout, io: CliIo, log: (line: string) => void): Promise<PreparedRollout> {
  const { program, trainer, generator } = composed;
  const started = new Date();
  const policy = choosePolicy(composed, io.env);
  const shared = { composed, policy, io, log, started: formatTimestamp(started) };
  const batch = await chooseEnvironment({ ...shared, part: composed.environment });
  const evaluation = composed.eval_environment && (await chooseEnvironment({ ...shared, part: composed.eval_environment }));
  const { max_concurrency, trainer: file } = program.values;
  const environments = [batch, ...(evaluation ? [evaluation] : [])];
  return {
    composed,
    policy,
    batch,
    evaluation,
    trainer: file === undefined ? null : await loadTrainer(file, io.cwd),
    identity: createRolloutIdentity(composed, batch, evaluation),
    stem: createRunStem(composed, policy),
    started,
    logPath: resolve(io.cwd, trainer.values.log_path),
    checkpointPath: resolve(io.cwd, trainer.values.checkpoint_path),
    returns: {
      // As in act-prm, 0 in the generator's file leaves it to the trainer's.
      discountFactor: generator.values.discount_factor || (trainer.values.discount_factor ?? returnDefaults.discountFactor),
      meanCenter: generator.values.mean_center ?? returnDefaults.meanCenter,
    },
    concurrency: composed.environment.values.is_async
      ? max_concurrency
      : Math.min(max_concurrency, getGroupSize(composed, batch.env.config.split)),
    endpoints: [...(policy.endpoint ? [policy.endpoint] : []), ...environments.flatMap(({ endpoints }) => endpoints)],
    notes: [...new Set([...environments.flatMap(({ notes }) => notes), ...trainingNotes(composed)])],
  };
}

/** Attempts at each task of a list. */
export function getGroupSize({ trainer }: ComposedRollout, split: Rollout["split"]): number {
  const { group_size, eval_group_size } = trainer.values;
  return split === "train" ? group_size : eval_group_size;
}

/** Number of times a list is played. */
export function getNumTries({ trainer, environment }: ComposedRollout, split: Rollout["split"]): number {
  const { num_tries, eval_num_tries } = trainer.values;
  return split === "train" ? (num_tries ?? environment.values.num_tries ?? 1) : (eval_num_tries ?? environment.values.eval_num_tries ?? 1);
}

function trainingNotes({ program, trainer, generator, lora }: ComposedRollout): string[] {
  if (program.values.trainer !== undefined) return [];
  const { name = "default" } = generator.values;
  return [
    ...(trainer.name === "rollout"
      ? []
      : ["Without --trainer no weights change: each task is played, and what only training uses is kept in config.json."]),
    ...(name === "default"
      ? []
      : [`The generator '${name}' makes thoughts for training; its rollouts in this environment are plain ones.`]),
    ...(lora ? ["An adapter is a matter of the endpoint: serve it there, and name it with --model-name."] : []),
  ];
}
