import { checkGiven } from "./check-value.ts";
import { createDefaultLayer, type Layer, type Sourced, toFlagName, type OptionTable, type ValuesOf } from "./option.ts";
import { openConfig } from "./presets.ts";
import { readConfig } from "./read-config.ts";

/** The options of a command with where each comes from. */
export interface Composed<T extends OptionTable> {
  readonly values: ValuesOf<T>;
  readonly sources: ReadonlyMap<string, Sourced>;
}

/** Result of {@link compose}. */
export interface ComposeRequest<T extends OptionTable> {
  readonly options: T;
  /** Names of presets or files; later ones win. */
  readonly configs: readonly string[];
  /** Values that apply before the built-in defaults. */
  readonly base?: Layer | undefined;
  /** Values of the command line, which override every file. */
  readonly given: ValuesOf<T>;
  readonly cwd: string;
}

/**
 * Composes the options of a command, key by key: the defaults, then the configurations in their order, then the command line.
 * @throws UsageError naming every key that is unknown or wrong, with file and line.
 */
export function compose<T extends OptionTable>({ options, configs, given, cwd, base = new Map() }: ComposeRequest<T>): Composed<T> {
  const files = configs.map((config) => {
    const { text, name } = openConfig(config, cwd);
    return readConfig(text, name, options);
  });
  const sources = new Map([createDefaultLayer(options), base, ...files, flagLayer(options, given)].flatMap((layer) => [...layer]));
  const values = Object.fromEntries([...sources].map(([key, { value }]) => [key, value])) as ValuesOf<T>;
  return { values, sources };
}

function flagLayer<T extends OptionTable>(options: T, given: ValuesOf<T>): Layer {
  return new Map(checkGiven(options, given).map(([key, value]) => [key, { value, source: toFlagName(key) }]));
}
