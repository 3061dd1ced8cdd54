import { floatText, pythonJson } from "@tau2/domains";
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

/** PYJSON with an indent of 2 (spec core 0.1). */
export function layOut(layout: Layout, value: unknown, margin = ""): string {
  if (layout.kind === "constant") return layOut(any, layout.value, margin);
  if (value === null || value === undefined) return "null";
  if (typeof value === "number") return layout.kind === "float" && Number.isFinite(value) ? floatText(value) : pythonJson(value);
  if (typeof value !== "object") return pythonJson(value);
  switch (layout.kind) {
    case "choice":
      return layOut(layout.of(value), value, margin);
    case "record":
      return object(Object.entries(layout.fields), margin, ([key, field], inner) => [key, layOut(field, fieldOf(value, key), inner)]);
    case "map":
      return object(Object.entries(value), margin, ([key, item], inner) => [key, layOut(layout.of, item, inner)]);
    case "list":
      return array(value as unknown[], margin, (item, inner) => layOut(layout.of, item, inner));
    case "any":
    case "float":
      return untyped(value, margin, layout.kind === "any" ? layout.floats : undefined);
  }
}

function untyped(value: object, margin: string, named: ReadonlySet<string> | undefined): string {
  const keys = floatKeys(value) ?? named;
  const of = (key: string) => (keys?.has(key) ? float : any);
  if (Array.isArray(value)) return array(value, margin, (item, inner, i) => layOut(of(String(i)), item, inner));
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return object(present, margin, ([key, item], inner) => [key, layOut(of(key), item, inner)]);
}

function fieldOf(value: object, key: string): unknown {
  return (value as Record<string, unknown>)[key];
}

function array<T>(items: readonly T[], margin: string, text: (item: T, inner: string, i: number) => string): string {
  const inner = `${margin}  `;
  return items.length === 0 ? "[]" : `[\n${items.map((item, i) => inner + text(item, inner, i)).join(",\n")}\n${margin}]`;
}

function object<T>(items: readonly T[], margin: string, text: (item: T, inner: string) => [key: string, text: string]): string {
  const inner = `${margin}  `;
  const lines = items.map((item) => {
    const [key, value] = text(item, inner);
    return `${inner}${pythonJson(key)}: ${value}`;
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${margin}}`;
}
