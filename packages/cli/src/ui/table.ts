import { type Paint, fit, fitNames, oneLine, pad, measureWidth } from "./text.ts";

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: "left" | "right";
  /** Paints a cell; the text does not change. */
  readonly style?: (text: string, row: Row) => string;
  /** True for names: they are cut in the middle, stay different from each other, and have a limit where the output is not a terminal. */
  readonly isName?: boolean;
  /** On a narrow terminal columns with a higher number go first; those without one stay. */
  readonly drop?: number;
}

/** Output of a table. */
export interface TableStyle {
  /** Columns of the terminal; none for text that is read by programs. */
  readonly width?: number | undefined;
  readonly paint: Paint;
}

const gap = 2;
const narrowest = 8;
/** Columns of a name in output for programs, so that lines stay readable in logs. */
const widestName = 60;

/** Rows as lines of aligned columns, made to fit: less important columns are left out, then the widest one is cut. */
export function formatTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { width = Number.POSITIVE_INFINITY, paint }: TableStyle,
): string[] {
  const cells = (column: Column<Row>) => rows.map((row) => oneLine(column.value(row)));
  let shown = columns
    .map((column) => ({ column, cells: cells(column), width: 0 }))
    .map((entry) => ({ ...entry, width: widest(entry.column.title, entry.cells) }))
    .map((entry) => (entry.column.isName ? { ...entry, width: Math.min(entry.width, widestName) } : entry));
  while (total(shown) > width) {
    const next = shown.reduce<(typeof shown)[number] | undefined>(
      (last, entry) => ((entry.column.drop ?? 0) > (last?.column.drop ?? 0) ? entry : last),
      undefined,
    );
    if (!next) break;
    shown = shown.filter((entry) => entry !== next);
  }
  shrink(shown, width);
  const head = shown.map(({ column, width: wide }) => pad(fit(column.title, wide), wide, column.align));
  const fitted = shown.map(({ column, cells: texts, width: wide }) =>
    column.isName ? fitNames(texts, wide) : texts.map((text) => fit(text, wide)),
  );
  const body = rows.map((row, i) =>
    shown.map(({ column, width: wide }, j) => {
      const text = fitted[j]![i]!;
      return pad(column.style?.(text, row) ?? text, wide, column.align);
    }),
  );
  const line = (parts: readonly string[]) => parts.join(" ".repeat(gap)).trimEnd();
  return [paint("dim", line(head)), ...body.map(line)];
}

function widest(title: string, cells: readonly string[]): number {
  return cells.reduce((most, text) => Math.max(most, measureWidth(text)), measureWidth(title));
}

function total(shown: readonly { width: number }[]): number {
  return shown.reduce((sum, { width }) => sum + width, 0) + gap * (shown.length - 1);
}

function shrink(shown: readonly { width: number }[], width: number): void {
  while (total(shown) > width) {
    const longest = shown.reduce((most, entry) => (entry.width > most.width ? entry : most));
    if (longest.width <= narrowest) return;
    longest.width = Math.max(narrowest, longest.width - (total(shown) - width));
  }
}

/** An option with its value, and where that comes from. */
export interface OptionRow {
  readonly key: string;
  readonly value: unknown;
  /** `default`, or where the value stands. */
  readonly source: string;
}

/** Options as a table, an option a row. */
export function formatOptionTable(rows: readonly OptionRow[], style: TableStyle): string[] {
  const columns: Column<OptionRow>[] = [
    { title: "key", value: ({ key }) => key, style: (text) => style.paint("bold", text) },
    { title: "value", value: ({ value }) => (typeof value === "string" ? value : JSON.stringify(value)) },
    { title: "from", value: ({ source }) => source, style: (text, { source }) => (source === "default" ? style.paint("dim", text) : text) },
  ];
  return formatTable(columns, rows, style);
}
