export { exitCodes } from "./errors.ts";
export type { CliIo, Output } from "./io.ts";
export type { Trainer, TrainerRun, TrainerUpdate, TrainingBatch } from "./rollout/trainer.ts";
export { runCli } from "./run-cli.ts";
