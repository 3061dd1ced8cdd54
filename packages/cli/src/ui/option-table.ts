import type { Sourced } from "../config/option.ts";
import { tableLines, type Column, type TableStyle } from "./table.ts";

/** An option with its value, and where that comes from. */
export interface OptionRow extends Sourced {
  readonly key: string;
}

/** Options as a table, an option a row. */
export function optionTable(rows: readonly OptionRow[], style: TableStyle): string[] {
  const columns: Column<OptionRow>[] = [
    { title: "key", value: ({ key }) => key, style: (text) => style.paint("bold", text) },
    { title: "value", value: ({ value }) => (typeof value === "string" ? value : JSON.stringify(value)) },
    { title: "from", value: ({ source }) => source, style: (text, { source }) => (source === "default" ? style.paint("dim", text) : text) },
  ];
  return tableLines(columns, rows, style);
}
