import { environmentKeys } from "./environment-keys.ts";
import { loraKeys, modelKeys, replayBufferKeys } from "./file-keys.ts";
import { generatorKeys } from "./generator-keys.ts";
import { trainerKeys } from "./trainer-keys.ts";

/** The kinds of configuration files of a rollout, with the folder under `configs` where they are and the keys they have. */
export const configGroups = {
  environment: { folder: "environments", keys: environmentKeys },
  eval_environment: { folder: "environments", keys: environmentKeys },
  generator: { folder: "generator", keys: generatorKeys },
  trainer: { folder: "trainer", keys: trainerKeys },
  replay_buffer: { folder: "replay_buffer", keys: replayBufferKeys },
  model: { folder: "model", keys: modelKeys },
  lora: { folder: "lora", keys: loraKeys },
} as const;

/** The name of such a kind. */
export type GroupName = keyof typeof configGroups;
