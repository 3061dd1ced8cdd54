import { create } from "mutative";
import { isRecord } from "./json.ts";
import { largeTableKeys, TableChanges, type Table } from "./table-changes.ts";

/**
 * A draft of a state, and how to end it. A plain draft copies a map of records as soon as one of them is read; here the large maps in
 * the sides' databases stand aside as lists of changes, and those that changed are copied once, at the end. A map that somebody may
 * still change is not set aside.
 */
export function createDraft<S extends object>(state: S): [draft: S, finalize: () => S] {
  const sides = state as Table;
  const aside = mapped(sides, (db) => (isPlain(db) ? mapped(db, changesOf) : db));
  const [draft, finalize] = create(aside as S, { enableAutoFreeze: false });
  if (aside === sides) return [draft as S, finalize];
  const settledDb = (db: Table, side: string) =>
    mapped(db, (field, name) => (field instanceof TableChanges ? settledTable(field, name, aside[side], sides[side]) : field));
  return [
    through(draft as S, (db, side) => (aside[side] === sides[side] ? db : through(db as object, viewOfField))),
    () => {
      const next = finalize();
      if (next === aside) return state;
      return mapped(next as Table, (db, side) => (db === aside[side] ? sides[side] : isPlain(db) ? settledDb(db, side) : db)) as S;
    },
  ];
}

function changesOf(field: unknown): unknown {
  const keys = isPlain(field) ? largeTableKeys(field) : null;
  return keys ? new TableChanges({ before: field as Table, keys }) : field;
}

function settledTable(changes: TableChanges, name: string, aside: unknown, before: unknown): unknown {
  return changes === (aside as Table)[name] ? (before as Table)[name] : changes.table();
}

function viewOfField(field: unknown): unknown {
  return field instanceof TableChanges ? viewOfTable(field) : field;
}

/** Looks like the object, but for what is read of it. */
function through<T extends object>(object: T, shown: (value: unknown, key: string) => unknown): T {
  return new Proxy(object, { get: (target, key) => shown(Reflect.get(target, key), String(key)) });
}

/** A map with the looks of a plain object. */
function viewOfTable(map: TableChanges): object {
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

/** The record with other values; the record itself where none differs. */
function mapped(record: Table, change: (value: unknown, key: string) => unknown): Table {
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
