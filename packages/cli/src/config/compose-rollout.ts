import { UsageError } from "../errors.ts";
import { type Composed, composeLayers, createFlagLayer } from "./compose.ts";
import { openRolloutConfig } from "./config-files.ts";
import type { OptionTable, ValuesOf } from "./option.ts";
import { readConfig } from "./read-config.ts";
import { configGroups, programOptions, rolloutOptions, trainerOption, type ConfigGroup } from "./tables/rollout-options.ts";

/** Composed configuration of one kind. */
export interface ComposedPart<T extends OptionTable> extends Composed<T> {
  /** Requested name. */
  readonly name: string;
}

type Groups = typeof configGroups;
type OptionalGroup = "eval_environment" | "model" | "lora";

/** Composed options of `tau2 rollout`. Groups without a name are null. */
export type ComposedRollout = {
  readonly [G in Exclude<keyof Groups, OptionalGroup>]: ComposedPart<Groups[G]["keys"]>;
} & {
  readonly [G in OptionalGroup]: ComposedPart<Groups[G]["keys"]> | null;
} & {
  readonly program: ComposedPart<typeof programOptions & typeof trainerOption>;
};

/** Options as they were given, by their keys. */
export type GivenOptions = ValuesOf<typeof rolloutOptions>;

/**
 * Composes the options of a rollout. A given option overrides the key of its name in each file that may have such a key, also where the file
 * leaves it out. Defaults of options never override a file.
 * @throws UsageError naming every key and option that is unknown or wrong, with file and line
 */
export function composeRollout(given: GivenOptions, cwd: string): ComposedRollout {
  const flags = createFlagLayer<OptionTable>(rolloutOptions, given);
  const program = composeLayers({ ...programOptions, ...trainerOption }, [flags]);
  if (program.values.env_config === undefined) {
    throw new UsageError("which environment? --env-config tau2bench/airline, or another name of configs/environments (`tau2 config list`)");
  }

  function composeGroup<T extends OptionTable>({ folder, keys, namedBy, takesFlags }: ConfigGroup<T>): ComposedPart<T> | null {
    const option = namedBy.find((key) => program.values[key] !== undefined);
    const name = option && program.values[option];
    if (option === undefined || name === undefined) return null;
    const file = openRolloutConfig({ name, folder, option, cwd });
    return { name, ...composeLayers(keys, [readConfig(file.text, file.name, keys), ...(takesFlags ? [flags] : [])]) };
  }

  return {
    program: { name: "tau2 rollout", ...program },
    environment: composeGroup(configGroups.environment)!,
    eval_environment: composeGroup(configGroups.eval_environment),
    generator: composeGroup(configGroups.generator)!,
    trainer: composeGroup(configGroups.trainer)!,
    replay_buffer: composeGroup(configGroups.replay_buffer)!,
    model: composeGroup(configGroups.model),
    lora: composeGroup(configGroups.lora),
  };
}
