import { pyJsonDumps } from "@tau2/domains/internal";
import { type JsonDialect, pythonDialect } from "./json-dialect.ts";
import { floatKeys } from "./number-kinds.ts";

/** How a value of a file is laid out: which fields in which order, and which numbers are floats. */
export type Layout =
  /** Whatever it is; numbers by what is remembered of them. `floats` names keys that are floats where nothing is. */
  | { kind: "any"; floats?: ReadonlySet<string> }
  | { kind: "float" }
  /** The same for every value. */
  | { kind: "constant"; value: unknown }
  | { kind: "list"; of: Layout }
  /** Own keys, one layout. */
  | { kind: "map"; of: Layout }
  /** Exactly these fields, in this order; what a value lacks is null. */
  | { kind: "record"; fields: Readonly<Record<string, Layout>> }
  | { kind: "choice"; of: (value: object) => Layout };

export const any: Layout = { kind: "any" };
export const float: Layout = { kind: "float" };
export const constant = (value: unknown): Layout => ({ kind: "constant", value });
export const list = (of: Layout): Layout => ({ kind: "list", of });
export const map = (of: Layout): Layout => ({ kind: "map", of });
export const record = (fields: Readonly<Record<string, Layout>>): Layout => ({ kind: "record", fields });
export const choice = (of: (value: object) => Layout): Layout => ({ kind: "choice", of });

/** A value's text with an indent of 2. */
export function layOut(layout: Layout, value: unknown, dialect: JsonDialect = pythonDialect): string {
  return textOf({ dialect, margin: "" }, layout, value);
}

/** The same for a value that stands deeper in a text. */
export function layOutAt(margin: string, layout: Layout, value: unknown): string {
  return textOf({ dialect: pythonDialect, margin }, layout, value);
}

interface Place {
  readonly dialect: JsonDialect;
  readonly margin: string;
}

function textOf(place: Place, layout: Layout, value: unknown): string {
  const { dialect } = place;
  if (layout.kind === "constant") return textOf(place, any, layout.value);
  if (value === null || value === undefined) return "null";
  if (typeof value === "number") return layout.kind === "float" ? dialect.float(value) : dialect.number(value);
  if (typeof value === "string") return dialect.text(value);
  if (typeof value !== "object") return pyJsonDumps(value);
  switch (layout.kind) {
    case "choice":
      return textOf(place, layout.of(value), value);
    case "record":
      return object(place, Object.entries(layout.fields), ([key, field], inner) => [key, textOf(inner, field, fieldOf(value, key))]);
    case "map":
      return object(place, Object.entries(value), ([key, item], inner) => [key, textOf(inner, layout.of, item)]);
    case "list":
      return array(place, value as unknown[], (item, inner) => textOf(inner, layout.of, item));
    case "any":
    case "float":
      return untyped(place, value, layout.kind === "any" ? layout.floats : undefined);
  }
}

function untyped(place: Place, value: object, named: ReadonlySet<string> | undefined): string {
  const keys = floatKeys(value) ?? named;
  const of = (key: string) => (keys?.has(key) ? float : any);
  if (Array.isArray(value)) return array(place, value, (item, inner, i) => textOf(inner, of(String(i)), item));
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return object(place, present, ([key, item], inner) => [key, textOf(inner, of(key), item)]);
}

function fieldOf(value: object, key: string): unknown {
  return (value as Record<string, unknown>)[key];
}

function array<T>({ dialect, margin }: Place, items: readonly T[], text: (item: T, inner: Place, i: number) => string): string {
  const inner = { dialect, margin: `${margin}  ` };
  return items.length === 0 ? "[]" : `[\n${items.map((item, i) => inner.margin + text(item, inner, i)).join(",\n")}\n${margin}]`;
}

function object<T>({ dialect, margin }: Place, items: readonly T[], text: (item: T, inner: Place) => [key: string, text: string]): string {
  const inner = { dialect, margin: `${margin}  ` };
  const lines = items.map((item) => {
    const [key, value] = text(item, inner);
    return `${inner.margin}${dialect.text(key)}: ${value}`;
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${margin}}`;
}
