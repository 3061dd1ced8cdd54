export { exitCodes } from "./errors.ts";

export type { Trainer } from "./rollout/trainer.ts";
export { runCli } from "./run-cli.ts";
