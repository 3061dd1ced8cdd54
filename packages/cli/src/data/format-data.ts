import type { DataReport } from "@tau2/domains/data";
import type { DomainReading } from "./read-domains.ts";
import { formatTable, type Column, type TableStyle } from "../ui/table.ts";
import { count } from "../ui/text.ts";

/** Formats the comparison of a data directory with the published versions. */
export function formatDataReport({ version, nearest, missing, changed, unknown }: DataReport): string[] {
  const listed = (what: string, names: readonly string[]) => names.map((name) => `  ${what}  ${name}`);
  const head = version === null ? `no known version; compared with ${nearest}:` : `${version}: every file is as published`;
  const beside = unknown.length > 0 ? [`${count(unknown.length, "file")} that ${nearest} does not have, and that nothing reads:`] : [];
  return [head, ...listed("changed", changed), ...listed("missing", missing), ...beside, ...listed("unknown", unknown)];
}

/** Formats the differences between data of no known version and the nearest version, in a clause. */
export function formatDifferences({ nearest, changed, missing }: DataReport): string {
  const some = (names: readonly string[], one: string, several: string) =>
    names.length > 0
      ? [
          `${count(names.length, "file")} ${names.length === 1 ? one : several} (${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""})`,
        ]
      : [];
  return `compared with ${nearest}, ${[...some(changed, "differs", "differ"), ...some(missing, "is missing", "are missing")].join(" and ")}`;
}

/** Formats the content of each domain, or the reason why it cannot be read. @param version of the data, if published: a missing file is then not a fault */
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
