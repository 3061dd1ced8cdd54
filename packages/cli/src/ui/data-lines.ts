import type { DataReport } from "@tau2/domains/data";
import type { DomainReading } from "../data/read-source.ts";
import { formatTable, type Column, type TableStyle } from "./table.ts";
import { count } from "./text.ts";

/** What comparing a data directory with the published versions found. */
export function formatDataReport({ version, nearest, missing, changed, unknown }: DataReport): string[] {
  const listed = (what: string, names: readonly string[]) => names.map((name) => `  ${what}  ${name}`);
  const head = version === null ? `no known version; compared with ${nearest}:` : `${version}: every file is as published`;
  const beside = unknown.length > 0 ? [`${count(unknown.length, "file")} that ${nearest} does not have, and that nothing reads:`] : [];
  return [head, ...listed("changed", changed), ...listed("missing", missing), ...beside, ...listed("unknown", unknown)];
}

/** What each domain has, or why it cannot be read. @param version of the data, where it is a published one: then nothing is broken, but not there */
export function formatReadings(readings: readonly DomainReading[], version: string | null, style: TableStyle): string[] {
  const fault = (text: string) => (version === null ? text : `not to be played with ${version}: ${text}`);
  const splits = (names: readonly string[]) => (names.length > 0 ? `, splits ${names.join(", ")}` : "");
  const columns: Column<DomainReading>[] = [
    { title: "domain", value: ({ domain }) => domain, style: (text) => style.paint("bold", text) },
    {
      title: "holds",
      value: (reading) => (reading.fault !== null ? fault(reading.fault) : `${count(reading.tasks, "task")}${splits(reading.splits)}`),
    },
  ];
  return formatTable(columns, readings, style);
}
