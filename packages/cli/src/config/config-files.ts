import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { didYouMean, getErrorMessage } from "@tau2/domains/internal";
import { UsageError } from "../errors.ts";
import { toFlagName } from "./option.ts";

/** A configuration that comes with the package, used by its name. */
export interface Preset {
  readonly name: string;
  readonly path: string;
}

/** A configuration file that was read. */
export interface ConfigFile {
  readonly text: string;
  /** As errors and `tau2 config show` name it. */
  readonly name: string;
}

/** The presets of a folder of `configs`, sorted by name, `/` between folder and file. */
export function listPresets(folder: string): Preset[] {
  const root = join(getConfigsDirectory(), folder);
  // Names alone: with Yarn PnP the package is an archive, whose entries lack `parentPath`.
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => ({ name: file.slice(0, -".yaml".length).split(sep).join("/"), path: join(root, file) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Finds and reads a configuration of runs: a file when the name has a slash or a suffix, otherwise a preset.
 * @throws UsageError for an unknown preset, with the known ones.
 */
export function openRunConfig(name: string, cwd: string): ConfigFile {
  if (/[/\\]|\.ya?ml$/i.test(name)) return readOwnFile(name, resolve(cwd, name), cwd);
  const presets = listPresets("run");
  const preset = presets.find((known) => known.name === name);
  if (preset) return { text: readText(preset.path, name), name: `preset ${name}` };
  const file = [`${name}.yaml`, `${name}.yml`].find((candidate) => existsSync(resolve(cwd, candidate)));
  const hint = file ? `; for the file here write --config ${file}` : suggestPreset(name, presets);
  throw new UsageError(`no preset '${name}'${hint}`);
}

/** Request of {@link openRolloutConfig}. */
export interface RolloutConfigRequest {
  readonly name: string;
  /** Folder under `configs`. */
  readonly folder: string;
  /** Key of the option that named it. */
  readonly option: string;
  readonly cwd: string;
}

/**
 * Finds and reads a configuration of rollouts: the path of a `.yaml` file; else `configs/<folder>/<name>.yaml` under the current directory,
 * as in act-prm; else the preset of that name.
 * @throws UsageError for an unknown configuration, with the nearest known one
 */
export function openRolloutConfig({ name, folder, option, cwd }: RolloutConfigRequest): ConfigFile {
  const isPath = /\.ya?ml$/i.test(name);
  const own = isPath ? resolve(cwd, name) : join(cwd, "configs", folder, `${name}.yaml`);
  if (isPath || existsSync(own)) return readOwnFile(name, own, cwd);
  const presets = listPresets(folder);
  const preset = presets.find((known) => known.name === name);
  if (preset) return { text: readText(preset.path, name), name: `${folder}/${name}` };
  throw new UsageError(`${toFlagName(option)}: no configuration '${name}' in configs/${folder}${suggestPreset(name, presets)}`);
}

/** A path as people like to read it: from where they are, unless that leads far away. */
export function shortenPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short.startsWith("..") || short === "" ? path : short;
}

function readOwnFile(name: string, path: string, cwd: string): ConfigFile {
  return { text: readText(path, name), name: shortenPath(path, cwd) };
}

function readText(path: string, name: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new UsageError(`the configuration ${name} cannot be read: ${getErrorMessage(cause)}`, { cause });
  }
}

function suggestPreset(name: string, presets: readonly Preset[]): string {
  const names = presets.map((known) => known.name);
  return didYouMean(name, names) || `. There are ${names.join(", ")}, or give the path of a .yaml file`;
}

/** In the built package the presets lie beside the code, in the repository at its top. */
function getConfigsDirectory(): string {
  const beside = fileURLToPath(new URL("./configs", import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL("../../../../configs", import.meta.url));
}
