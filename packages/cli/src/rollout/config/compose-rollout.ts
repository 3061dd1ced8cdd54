import { UsageError } from "../../errors.ts";
import { checkGiven } from "../../config/check-value.ts";
import { createDefaultLayer, type Sourced, toFlagName, type OptionTable, type ValuesOf } from "../../config/option.ts";
import { readConfig } from "../../config/read-config.ts";
import { configGroups, type GroupName, openGroupConfig } from "./open-config.ts";
import { aliases, programOptions, trainerOption, rolloutOptions } from "./rollout-options.ts";

/** The values of a configuration with where each comes from. */
export interface ComposedPart<T extends OptionTable> {
  /** Requested name. */
  readonly name: string;
  readonly values: ValuesOf<T>;
  readonly sources: ReadonlyMap<string, Sourced>;
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
  const flags = flagLayer(given);
  const own = { ...programOptions, ...trainerOption };
  const program = part("tau2 rollout", own, [createDefaultLayer(own), flags]);
  const names = configNames(program.values);
  const group = (name: GroupName) => {
    const named = names[name];
    if (named === undefined) return null;
    const { folder, keys } = configGroups[name];
    const { text, name: file } = openGroupConfig(named.config, { folder, option: named.option, cwd });
    return part(named.config, keys, [
      createDefaultLayer(keys),
      readConfig(text, file, keys),
      isOverridden(name) ? flags : new Map<string, Sourced>(),
    ]);
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

function part<T extends OptionTable>(name: string, keys: T, layers: readonly ReadonlyMap<string, Sourced>[]): ComposedPart<T> {
  const said = new Map(layers.flatMap((layer) => [...layer]));
  const sources = new Map(Object.keys(keys).flatMap((key) => (said.has(key) ? [[key, said.get(key)!]] : [])));
  return { name, values: Object.fromEntries([...sources].map(([key, { value }]) => [key, value])) as ValuesOf<T>, sources };
}

function flagLayer(given: GivenOptions): ReadonlyMap<string, Sourced> {
  const layer = new Map<string, Sourced>();
  for (const [key, value] of checkGiven(rolloutOptions, given)) {
    const meant = Object.hasOwn(aliases, key) ? aliases[key as keyof typeof aliases] : key;
    // The other name of an option overrides the option itself, as in act-prm.
    if (meant !== key || !layer.has(key)) layer.set(meant, { value, source: toFlagName(key) });
  }
  return layer;
}
