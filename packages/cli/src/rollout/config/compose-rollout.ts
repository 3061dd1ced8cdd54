import { UsageError } from "../../errors.ts";
import { type Composed, composeLayers, createFlagLayer } from "../../config/compose.ts";
import type { OptionTable, ValuesOf } from "../../config/option.ts";
import { readConfig } from "../../config/read-config.ts";
import { configGroups, type GroupName, openGroupConfig } from "./open-config.ts";
import { programOptions, trainerOption, rolloutOptions } from "./rollout-options.ts";

/** Composed configuration of one kind. */
export interface ComposedPart<T extends OptionTable> extends Composed<T> {
  /** Requested name. */
  readonly name: string;
}

/** Composed options of `tau2 rollout`. Groups without a name are null. */
export type ComposedRollout = {
  readonly [G in Exclude<GroupName, "eval_environment" | "model" | "lora">]: ComposedPart<(typeof configGroups)[G]["keys"]>;
} & {
  readonly [G in "eval_environment" | "model" | "lora"]: ComposedPart<(typeof configGroups)[G]["keys"]> | null;
} & {
  readonly program: ComposedPart<typeof programOptions & typeof trainerOption>;
};

/** Options as they were given, by their keys. */
export type GivenOptions = ValuesOf<typeof rolloutOptions>;

/**
 * Puts the options of a rollout together. A file says what holds; an option that was given wins over the key of its name in each file that may
 * have such a key, also where the file leaves it out. Defaults of options never win over a file.
 * @throws UsageError naming every key and option that is unknown or wrong, with file and line
 */
export function composeRollout(given: GivenOptions, cwd: string): ComposedRollout {
  const flags = createFlagLayer<OptionTable>(rolloutOptions, given);
  const program = { name: "tau2 rollout", ...composeLayers({ ...programOptions, ...trainerOption }, [flags]) };
  const names = configNames(program.values);
  const group = (name: GroupName) => {
    const named = names[name];
    if (named === undefined) return null;
    const { folder, keys } = configGroups[name];
    const { text, name: file } = openGroupConfig(named.config, { folder, option: named.option, cwd });
    const layers = [readConfig(text, file, keys), ...(isOverridden(name) ? [flags] : [])];
    return { name: named.config, ...composeLayers<OptionTable>(keys, layers) };
  };
  return {
    program,
    environment: group("environment")!,
    eval_environment: group("eval_environment"),
    generator: group("generator")!,
    trainer: group("trainer")!,
    replay_buffer: group("replay_buffer")!,
    model: group("model"),
    lora: group("lora"),
  } as ComposedRollout;
}

/** Keys of models and adapters do not have options: `--model-config` names a file. */
function isOverridden(group: GroupName): boolean {
  return group !== "model" && group !== "lora" && group !== "replay_buffer";
}

type Named = { readonly config: string; readonly option: string } | undefined;

function configNames(values: ComposedRollout["program"]["values"]): Record<GroupName, Named> {
  if (values.env_config === undefined) {
    throw new UsageError("which environment? --env-config tau2bench/airline, or another name of configs/environments (`tau2 config list`)");
  }
  const of = (option: keyof typeof values): Named => {
    const config = values[option];
    return typeof config === "string" ? { config, option } : undefined;
  };
  return {
    environment: of("env_config"),
    eval_environment: of("eval_env_config") ?? of("base_env_config"),
    generator: of("generator_config"),
    trainer: of("trainer_config"),
    replay_buffer: of("replay_buffer_config"),
    model: of("model_config"),
    lora: of("lora_config"),
  };
}
