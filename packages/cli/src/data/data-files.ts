import { knownVersions } from "@tau2/domains/data";
import { UsageError } from "../errors.ts";

/** Data files by their path in the folder `tau2`. */
export type DataFiles = ReadonlyMap<string, Uint8Array>;

/** Limit in bytes, larger than any data file has a reason to be: a larger one is an attack or another kind of file. */
const largest = 256 * 2 ** 20;

const names = [...new Set(knownVersions.flatMap(({ files }) => Object.keys(files)))];

/** Picks the data files out of a tree of many others, wherever in it the folder `tau2` is. */
export class DataFilePicker {
  readonly #from: string;
  readonly #found = new Map<string, Map<string, Uint8Array>>();

  /** @param from names the tree in errors */
  constructor(from: string) {
    this.#from = from;
  }

  /** Returns true for a file to hand to {@link take}. @throws UsageError for a path that leads out of the tree, or a file that is too large. */
  wants(path: string, bytes: number): boolean {
    if (/^([/\\]|[a-z]:)|(^|[/\\])\.\.([/\\]|$)/i.test(path))
      throw new UsageError(`${this.#from} holds an entry that leads out of it, '${path}': it is refused`);
    const wanted = getName(path) !== undefined;
    if (wanted && bytes > largest) throw new UsageError(`${path} in ${this.#from} has ${bytes} bytes, more than any data file`);
    return wanted;
  }

  take(path: string, bytes: Uint8Array): void {
    const name = getName(path)!;
    const parent = path.slice(0, path.length - name.length);
    this.#found.set(parent, (this.#found.get(parent) ?? new Map<string, Uint8Array>()).set(name, bytes));
  }

  /** Returns the files of the folder that has most of them. @throws UsageError if the source does not contain any. */
  files(): DataFiles {
    const [most] = [...this.#found.values()].toSorted((a, b) => b.size - a.size);
    if (most) return most;
    throw new UsageError(`${this.#from} does not contain data: a file such as ${names[0]} is missing at every depth`);
  }
}

function getName(path: string): string | undefined {
  return names.find((name) => path === name || path.endsWith(`/${name}`));
}
