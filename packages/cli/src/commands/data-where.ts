import { existsSync } from "node:fs";
import { checkData, getStarterDirectory } from "@tau2/domains/data";
import { findPulledDirectory, getDataDirectory } from "../data/data-directory.ts";
import type { CliIo } from "../io.ts";
import { formatTable, type Column } from "../ui/table.ts";
import { createOutput } from "./output.ts";

interface Place {
  readonly data: "in use" | "pulled";
  readonly version: string;
  /** Null for pulled data of a user without a home directory. */
  readonly directory: string | null;
}

/** `tau2 data where` */
export function dataWhere(io: CliIo, flags: { readonly json?: boolean }): void {
  const used = getDataDirectory(io, undefined);
  const pulled = findPulledDirectory(io.env);
  const places: Place[] = [
    { data: "in use", version: used === null ? "starter" : getVersion(used), directory: used ?? getStarterDirectory() },
    { data: "pulled", version: pulled === null ? "not there" : getVersion(pulled), directory: pulled },
  ];
  const result = createOutput(io);
  if (flags.json) return result.json(places);
  const columns: Column<Place>[] = [
    { title: "data", value: ({ data }) => data, style: (text) => result.paint("bold", text) },
    { title: "version", value: ({ version }) => version },
    { title: "directory", value: ({ directory }) => directory ?? "no home directory: set HOME or XDG_DATA_HOME" },
  ];
  result.lines(formatTable(columns, places, result));
}

function getVersion(directory: string): string {
  return existsSync(directory) ? (checkData(directory).version ?? "unknown") : "not there";
}
