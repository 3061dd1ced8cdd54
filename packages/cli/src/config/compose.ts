import { checkGiven } from "./check-value.ts";
import { type ComposedValues, type Layer, type OptionTable, type Sourced, toFlagName, type ValuesOf } from "./option.ts";
import { openRunConfig } from "./config-files.ts";
import { readConfig } from "./read-config.ts";

/** The options of a table with the source of each value. */
export interface Composed<T extends OptionTable> {
  /** Values in the order of the table. */
  readonly values: ComposedValues<T>;
  /** Sources in the order in which the layers set them. */
  readonly sources: ReadonlyMap<string, Sourced>;
}

/** Request of {@link compose}. */
export interface ComposeRequest<T extends OptionTable> {
  readonly options: T;
  /** Names of presets or files; later ones win. Default: none. */
  readonly configs?: readonly string[] | undefined;
  /** Values under those of the files and the command line. */
  readonly base?: Layer | undefined;
  /** Values of the command line, which override every file. */
  readonly given: ValuesOf<T>;
  readonly cwd: string;
}

/**
 * Composes the options of a command, key by key: the defaults, then the configurations in their order, then the command line.
 * @throws UsageError naming every key that is unknown or wrong, with file and line.
 */
export function compose<T extends OptionTable>({ options, configs = [], given, cwd, base = new Map() }: ComposeRequest<T>): Composed<T> {
  const files = configs.map((config) => {
    const { text, name } = openRunConfig(config, cwd);
    return readConfig(text, name, options);
  });
  return composeLayers(options, [base, ...files, createFlagLayer(options, given)]);
}

/** Composes a table from its defaults and the layers. A later layer wins; keys outside the table are left out. */
export function composeLayers<T extends OptionTable>(options: T, layers: readonly Layer[]): Composed<T> {
  const entries = [createDefaultLayer(options), ...layers].flatMap((layer) => [...layer]);
  const sources = new Map(entries.filter(([key]) => Object.hasOwn(options, key)));
  const values = Object.keys(options).flatMap((key) => (sources.has(key) ? [[key, sources.get(key)!.value]] : []));
  return { values: Object.fromEntries(values) as ComposedValues<T>, sources };
}

/** Checks the values of the command line. @throws UsageError naming every one that is wrong */
export function createFlagLayer<T extends OptionTable>(options: T, given: ValuesOf<T>): Layer {
  const layer = new Map<string, Sourced>();
  for (const [key, value] of checkGiven(options, given)) {
    const { aliasOf } = options[key]!;
    if (aliasOf !== undefined || !layer.has(key)) layer.set(aliasOf ?? key, { value, source: toFlagName(key) });
  }
  return layer;
}

function createDefaultLayer(options: OptionTable): Layer {
  const defaults = Object.entries(options).filter(([, option]) => option.default !== undefined);
  return new Map(defaults.map(([key, option]) => [key, { value: option.default, source: "default" }]));
}
