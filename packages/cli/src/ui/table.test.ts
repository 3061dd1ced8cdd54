import { describe, expect, it } from "vitest";
import { formatTable, type Column } from "./table.ts";

interface Row {
  name: string;
  n: number;
  note: string;
}

const paint = (_: unknown, text: string) => text;
const rows: Row[] = [
  { name: "a", n: 1, note: "short" },
  { name: "a much longer name", n: 100, note: "a note that says a lot more than that" },
];
const columns: Column<Row>[] = [
  { title: "name", value: ({ name }) => name },
  { title: "n", value: ({ n }) => String(n), align: "right", drop: 1 },
  { title: "note", value: ({ note }) => note, drop: 2 },
];

describe("a table", () => {
  it("is as wide as it needs without a limit", () => {
    expect(formatTable(columns, rows, { paint })).toEqual([
      "name                  n  note",
      "a                     1  short",
      "a much longer name  100  a note that says a lot more than that",
    ]);
  });

  it("leaves out what matters least, then cuts the widest column", () => {
    expect(formatTable(columns, rows, { paint, width: 40 })).toEqual([
      "name                  n",
      "a                     1",
      "a much longer name  100",
    ]);
    expect(formatTable(columns, rows, { paint, width: 12 })).toEqual(["name", "a", "a much long…"]);
  });

  it("styles cells without changing their places", () => {
    const styled = [{ ...columns[0]!, style: (text: string) => `\u001b[1m${text}\u001b[22m` }, columns[1]!];
    expect(formatTable(styled, rows, { paint })[1]).toBe(`\u001b[1ma\u001b[22m${" ".repeat(17)}    1`);
  });
});
