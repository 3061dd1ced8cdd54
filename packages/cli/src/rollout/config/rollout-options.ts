import { environmentKeys } from "./environment-keys.ts";
import { generatorKeys } from "./generator-keys.ts";
import { programOptions, trainerOption } from "./program-options.ts";
import { trainerKeys } from "./trainer-keys.ts";

const { name: _environment, tool_role: _role, pretrained_model_config: _tokenizer, ...environment } = environmentKeys;
const { name: _generator, ...generator } = generatorKeys;

/**
 * Everything that `tau2 rollout` takes: its own options, and the keys of the files for environment, generator and trainer, each of which
 * overrides the key of its name in all of them.
 */
export const rolloutOptions = {
  // Twice, since a key stands where it came first, and means what it meant last.
  ...programOptions,
  ...environment,
  ...generator,
  ...trainerOption,
  ...trainerKeys,
  ...generator,
  ...environment,
} as const;
