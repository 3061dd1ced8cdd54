import { existsSync } from "node:fs";
import { defineCommand } from "../command-line/define-command.ts";
import { jsonOption } from "../config/option.ts";
import type { Column } from "../ui/table.ts";

interface Place {
  readonly data: "in use" | "pulled";
  readonly version: string;
  /** Null for pulled data of a user without a home directory. */
  readonly directory: string | null;
}

/** `tau2 data where` */
export const dataWhere = defineCommand({
  brief: "show the default data, and the pulled data",
  usage: "[options]",
  options: jsonOption,
  async work({ io, printer }, flags) {
    const { checkData, getStarterDirectory } = await import("@tau2/domains/data");
    const { findPulledDirectory, getDataDirectory } = await import("../data/data-directory.ts");
    const { formatTable } = await import("../ui/table.ts");

    const getVersion = (directory: string) => (existsSync(directory) ? (checkData(directory).version ?? "unknown") : "not there");
    const used = getDataDirectory(io, undefined);
    const pulled = findPulledDirectory(io.env);
    const places: Place[] = [
      { data: "in use", version: used === null ? "starter" : getVersion(used), directory: used ?? getStarterDirectory() },
      { data: "pulled", version: pulled === null ? "not there" : getVersion(pulled), directory: pulled },
    ];
    if (flags.json) return printer.json(places);
    const columns: Column<Place>[] = [
      { title: "data", value: ({ data }) => data, style: (text) => printer.paint("bold", text) },
      { title: "version", value: ({ version }) => version },
      { title: "directory", value: ({ directory }) => directory ?? "no home directory: set HOME or XDG_DATA_HOME" },
    ];
    printer.lines(formatTable(columns, places, printer));
  },
});
