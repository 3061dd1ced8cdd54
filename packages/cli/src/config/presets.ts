import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { didYouMean, getErrorMessage } from "@tau2/domains/internal";
import { UsageError } from "../errors.ts";

/** A configuration that comes with the package, used by its name. */
export interface Preset {
  readonly name: string;
  readonly path: string;
}

/** The presets of a kind, sorted by name. */
export function listPresets(kind = "run"): Preset[] {
  const directory = join(getConfigsDirectory(), kind);
  return readdirSync(directory)
    .filter((file) => file.endsWith(".yaml"))
    .toSorted()
    .map((file) => ({ name: basename(file, ".yaml"), path: join(directory, file) }));
}

/**
 * Finds and reads a configuration: a file when the name has a slash or a suffix, otherwise a preset.
 * @throws UsageError for an unknown preset, with the known ones.
 */
export function openConfig(name: string, cwd: string): { text: string; name: string } {
  if (!/[/\\]|\.ya?ml$/i.test(name)) return openPreset(name, cwd);
  const path = resolve(cwd, name);
  try {
    return { text: readFileSync(path, "utf8"), name: shortenPath(path, cwd) };
  } catch (cause) {
    throw new UsageError(`the configuration ${name} cannot be read: ${getErrorMessage(cause)}`, { cause });
  }
}

function openPreset(name: string, cwd: string): { text: string; name: string } {
  const presets = listPresets();
  const preset = presets.find((known) => known.name === name);
  if (preset) return { text: readFileSync(preset.path, "utf8"), name: `preset ${name}` };
  const names = presets.map((known) => known.name);
  const file = [`${name}.yaml`, `${name}.yml`].find((candidate) => existsSync(resolve(cwd, candidate)));
  const hint = file
    ? `; for the file here write --config ${file}`
    : didYouMean(name, names) || `. There are ${names.join(", ")}, or give the path of a .yaml file`;
  throw new UsageError(`no preset '${name}'${hint}`);
}

/** A path as people like to read it: from where they are, unless that leads far away. */
export function shortenPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short.startsWith("..") || short === "" ? path : short;
}

/** In the built package the presets lie beside the code, in the repository at its top. */
export function getConfigsDirectory(): string {
  const beside = fileURLToPath(new URL("./configs", import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL("../../../../configs", import.meta.url));
}
