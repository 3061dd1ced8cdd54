import { isRecord } from "../json/json.ts";
// The production build: the package's entry chooses by NODE_ENV at run time, and reads `process`, which browsers lack.
import { create } from "mutative/dist/mutative.cjs.production.min.js";

/**
 * Creates the next state: calls a function with a draft that it may change. If the function throws, changes before the throw stay,
 * and the error is returned. Both states share their unchanged parts. The result is frozen, since snapshots and forks share it.
 */
export function updateState<S extends object, R>(
  state: S,
  change: (draft: S) => R,
): { state: S; value: R } | { state: S; thrown: unknown } {
  const [draft, finalize] = createDraft(state);
  try {
    const value = change(draft);
    return { state: deepFreeze(finalize()), value };
  } catch (thrown) {
    return { state: deepFreeze(finalize()), thrown };
  }
}

/** Freezes a value with all its parts, so that a rule that changes a shared state by mistake throws. Skips frozen parts. */
export function deepFreeze<T>(value: T): T {
  if (isLoose(value)) freeze(value);
  return value;
}

function freeze(value: object): void {
  Object.freeze(value);
  if (value instanceof Map) {
    for (const item of value.values()) if (isLoose(item)) freeze(item);
    return;
  }
  const record = value as Record<string, unknown>;
  // `for...in` instead of `Object.values()`: this runs after every write on large, mostly frozen maps.
  for (const key in record) {
    const item = record[key];
    if (isLoose(item)) freeze(item);
  }
}

function isLoose(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Object.isFrozen(value);
}

/** A map from id to record in a database. */
type Table = Readonly<Record<string, unknown>>;

/** Smaller maps are faster to copy than to track. */
const most = 128;

/** Keys of frozen maps; null for small maps. */
const keysOfTables = new WeakMap<Table, readonly string[] | null>();

/** Returns the keys of a large frozen map; null for any other map. */
function largeTableKeys(map: Table): readonly string[] | null {
  let keys = keysOfTables.get(map);
  if (keys === undefined && Object.isFrozen(map)) keysOfTables.set(map, (keys = onlyLarge(Object.keys(map))));
  return keys ?? null;
}

function onlyLarge(keys: readonly string[]): readonly string[] | null {
  return keys.length > most ? keys : null;
}

/**
 * A large map in a draft: the map before the changes, and the changes. Drafts treat it as a `Map` and copy it by its constructor, which
 * copies the changes only.
 */
class TableChanges extends Map<string, unknown> {
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

  /** Returns the changed map, frozen. Reuses the list of keys if it did not change. */
  table(): Table {
    const keys = this.#order();
    const before = this.#before;
    // Without a prototype it is a hash table from the first key on, which engines fill several times faster than an object with a shape.
    const table = Object.create(null) as Record<string, unknown>;
    for (const key of keys) table[key] = before[key];
    for (const [key, value] of this.#touched) table[key] = deepFreeze(value);
    keysOfTables.set(table, onlyLarge(keys));
    return Object.freeze(Object.setPrototypeOf(table, Object.prototype) as Table);
  }

  /** Returns the keys in the order of a plain object, which puts integers first. */
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

/**
 * Creates a draft of a state, and the function that finalizes it. A plain draft copies a map of records as soon as one record is read.
 * Here large maps of the databases are replaced by {@link TableChanges}, and copied once at the end if they changed. Maps that are not
 * frozen are drafted as usual.
 */
function createDraft<S extends object>(state: S): [draft: S, finalize: () => S] {
  const sides = state as Table;
  const aside = mapRecord(sides, (db) => (isPlain(db) ? mapRecord(db, toChanges) : db));
  const [draft, finalize] = create(aside as S, { enableAutoFreeze: false });
  if (aside === sides) return [draft as S, finalize];
  const settledDb = (db: Table, side: string) =>
    mapRecord(db, (field, name) => (field instanceof TableChanges ? toTable(field, name, aside[side], sides[side]) : field));
  return [
    viewObject(draft as S, (db, side) => (aside[side] === sides[side] ? db : viewObject(db as object, viewField))),
    () => {
      const next = finalize();
      if (next === aside) return state;
      return mapRecord(next as Table, (db, side) => (db === aside[side] ? sides[side] : isPlain(db) ? settledDb(db, side) : db)) as S;
    },
  ];
}

function toChanges(field: unknown): unknown {
  const keys = isPlain(field) ? largeTableKeys(field) : null;
  return keys ? new TableChanges({ before: field as Table, keys }) : field;
}

function toTable(changes: TableChanges, name: string, aside: unknown, before: unknown): unknown {
  return changes === (aside as Table)[name] ? (before as Table)[name] : changes.table();
}

function viewField(field: unknown): unknown {
  return field instanceof TableChanges ? viewTable(field) : field;
}

/** Proxies `object`, and maps every property that is read through `shown`. */
function viewObject<T extends object>(object: T, shown: (value: unknown, key: string) => unknown): T {
  return new Proxy(object, { get: (target, key) => shown(Reflect.get(target, key), String(key)) });
}

/** Proxies a map as a plain object. */
function viewTable(map: TableChanges): object {
  return new Proxy<object>(
    {},
    {
      has: (plain, key) => map.has(key as string) || key in plain,
      get: (plain, key): unknown => (map.has(key as string) ? map.get(key as string) : Reflect.get(plain, key)),
      set: (_, key, value) => (map.set(key as string, value), true),
      deleteProperty: (_, key) => (map.delete(key as string), true),
      ownKeys: () => [...map.keys()],
      defineProperty: (_, key, { value }) => (map.set(key as string, value), true),
      getOwnPropertyDescriptor(_, key) {
        return map.has(key as string) ? { value: map.get(key as string), writable: true, enumerable: true, configurable: true } : undefined;
      },
    },
  );
}

/** Maps the values of a record. Returns the same record if no value changed. */
function mapRecord(record: Table, change: (value: unknown, key: string) => unknown): Table {
  let result: Record<string, unknown> | undefined;
  for (const key of Object.keys(record)) {
    const value = change(record[key], key);
    if (value !== record[key]) (result ??= { ...record })[key] = value;
  }
  return result ?? record;
}

function isPlain(value: unknown): value is Table {
  return isRecord(value) && !(value instanceof Map);
}
