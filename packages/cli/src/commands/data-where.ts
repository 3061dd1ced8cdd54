import { existsSync } from "node:fs";
import { checkData, starterDirectory } from "@tau2/domains/data";
import { pulledDirectory, dataDirectory } from "../data/data-directory.ts";
import type { CliIo } from "../io.ts";
import { tableLines, type Column } from "../ui/table.ts";
import { resultOf } from "./output.ts";

interface Place {
  readonly data: "in use" | "pulled";
  readonly version: string;
  readonly directory: string;
}

/** `tau2 data where` */
export function dataWhere(io: CliIo, flags: { readonly json?: boolean }): void {
  const used = dataDirectory(io, undefined);
  const places: Place[] = [
    { data: "in use", version: used === null ? "starter" : versionAt(used), directory: used ?? starterDirectory() },
    { data: "pulled", version: versionAt(pulledDirectory(io.env)), directory: pulledDirectory(io.env) },
  ];
  const result = resultOf(io);
  if (flags.json) return result.json(places);
  const columns: Column<Place>[] = [
    { title: "data", value: ({ data }) => data, style: (text) => result.paint("bold", text) },
    { title: "version", value: ({ version }) => version },
    { title: "directory", value: ({ directory }) => directory },
  ];
  result.lines(tableLines(columns, places, result));
}

function versionAt(directory: string): string {
  return existsSync(directory) ? (checkData(directory).version ?? "unknown") : "not there";
}
