import { deepFreeze } from "./deep-freeze.ts";

/** A map from id to record, as databases hold it. */
export type Table = Readonly<Record<string, unknown>>;

/** Maps with more entries are worth the effort; smaller ones are copied faster. */
const most = 128;

/** Keys of frozen maps; null for those that are too small. */
const keysOfTables = new WeakMap<Table, readonly string[] | null>();

/** The keys of a large map that cannot change any more; null for any other map. */
export function largeTableKeys(map: Table): readonly string[] | null {
  let keys = keysOfTables.get(map);
  if (keys === undefined && Object.isFrozen(map)) keysOfTables.set(map, (keys = onlyLarge(Object.keys(map))));
  return keys ?? null;
}

function onlyLarge(keys: readonly string[]): readonly string[] | null {
  return keys.length > most ? keys : null;
}

/**
 * A large map while a draft is at work: the map as it was, and beside it what was touched. Drafts take it for a `Map` and copy it by its
 * constructor, which does not copy the map.
 */
export class TableChanges extends Map<string, unknown> {
  readonly #before: Table;
  readonly #keys: readonly string[];
  readonly #touched: Map<string, unknown>;
  readonly #removed: Set<string>;

  constructor(from: { before: Table; keys: readonly string[] } | TableChanges) {
    super();
    const earlier = from instanceof TableChanges;
    this.#before = earlier ? from.#before : from.before;
    this.#keys = earlier ? from.#keys : from.keys;
    this.#touched = new Map(earlier ? from.#touched : []);
    this.#removed = new Set(earlier ? from.#removed : []);
  }

  override has(key: string): boolean {
    return this.#touched.has(key) || this.#stays(key);
  }

  override get(key: string): unknown {
    if (this.#touched.has(key)) return this.#touched.get(key);
    return this.#stays(key) ? this.#before[key] : undefined;
  }

  override set(key: string, value: unknown): this {
    this.#touched.set(key, value);
    return this;
  }

  override delete(key: string): boolean {
    const had = this.has(key);
    this.#touched.delete(key);
    if (Object.hasOwn(this.#before, key)) this.#removed.add(key);
    return had;
  }

  override get size(): number {
    return this.#order().length;
  }

  override keys(): MapIterator<string> {
    return this.#order().values();
  }

  override forEach(visit: (value: unknown, key: string, map: Map<string, unknown>) => void): void {
    for (const key of this.#order()) visit(this.get(key), key, this);
  }

  /** The map as it is now, frozen. Where no key came or went, it shares the list of them. */
  table(): Table {
    const keys = this.#order();
    const before = this.#before;
    // Without a prototype it is a hash table from the first key on, which engines fill several times faster than a record with a shape.
    const table = Object.create(null) as Record<string, unknown>;
    for (const key of keys) table[key] = before[key];
    for (const [key, value] of this.#touched) table[key] = deepFreeze(value);
    keysOfTables.set(table, onlyLarge(keys));
    return Object.freeze(Object.setPrototypeOf(table, Object.prototype) as Table);
  }

  /** The keys in the order of a plain object, which puts whole numbers first. */
  #order(): readonly string[] {
    const added = [...this.#touched.keys()].filter((key) => !this.#stays(key));
    if (added.length === 0 && this.#removed.size === 0) return this.#keys;
    const order = Object.create(null) as Record<string, true>;
    for (const key of this.#keys) if (!this.#removed.has(key)) order[key] = true;
    for (const key of added) order[key] = true;
    return Object.keys(order);
  }

  #stays(key: string): boolean {
    return !this.#removed.has(key) && Object.hasOwn(this.#before, key);
  }
}
