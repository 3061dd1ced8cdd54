import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { didYouMean, getErrorMessage } from "@tau2/domains/internal";
import { UsageError } from "../../errors.ts";
import { getConfigsDirectory, shortenPath, type Preset } from "../../config/presets.ts";
import { toFlagName } from "../../config/option.ts";
import { environmentKeys } from "./environment-keys.ts";
import { loraKeys, modelKeys, replayBufferKeys, generatorKeys, trainerKeys } from "./trainer-keys.ts";

/** A configuration file that was found. */
export interface OpenedConfig {
  readonly text: string;
  /** As errors name it. */
  readonly name: string;
}

/**
 * Finds and reads a configuration: the path of a `.yaml` file; else `configs/<folder>/<name>.yaml` under the current directory, as in
 * act-prm; else the file of that name that comes with the package.
 * @throws UsageError for an unknown configuration, with the nearest known one
 */
export function openGroupConfig(name: string, { folder, option, cwd }: { folder: string; option: string; cwd: string }): OpenedConfig {
  const isPath = /\.ya?ml$/i.test(name);
  const own = isPath ? resolve(cwd, name) : join(cwd, "configs", folder, `${name}.yaml`);
  if (isPath || existsSync(own)) return { text: readText(own, name), name: shortenPath(own, cwd) };
  const presets = groupPresets(folder);
  const preset = presets.find((known) => known.name === name);
  if (preset) return { text: readText(preset.path, name), name: `${folder}/${name}` };
  const names = presets.map((known) => known.name);
  const hint = didYouMean(name, names) || `. There are ${names.join(", ")}, or give the path of a .yaml file`;
  throw new UsageError(`${toFlagName(option)}: no configuration '${name}' in configs/${folder}${hint}`);
}

/** The configurations of a folder that come with the package, sorted by name, `/` between folder and file. */
export function groupPresets(folder: string): Preset[] {
  const root = join(getConfigsDirectory(), folder);
  // Names alone: with Yarn PnP the package is an archive, whose entries lack `parentPath`.
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => ({ name: file.slice(0, -".yaml".length).split(sep).join("/"), path: join(root, file) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function readText(path: string, name: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new UsageError(`the configuration ${name} cannot be read: ${getErrorMessage(cause)}`, { cause });
  }
}

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
