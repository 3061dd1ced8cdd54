import { existsSync } from "node:fs";
import { defineCommand } from "../command-line/define-command.ts";
import { jsonOption } from "../config/option.ts";
import { UsageError, exitCodes } from "../errors.ts";

/** `tau2 data check` */
export const dataCheck = defineCommand({
  brief: "compare every file of a data directory with the published versions, and read it",
  usage: "[options]",
  about: "The exit code is 1 when a file is missing, changed, or cannot be read.",
  options: {
    data: {
      group: "Options",
      kind: "text",
      placeholder: "DIR",
      brief: "the data directory, or `official` for the pulled data",
      defaultText: "$TAU2_DATA_DIR, then the pulled data, then the starter data",
    },
    allow_unknown: {
      group: "Options",
      kind: "switch",
      brief: "accept data that is not a published version, as long as it can be read",
    },
    ...jsonOption,
  },
  async work({ io, printer }, flags) {
    const { checkData, getStarterDirectory } = await import("@tau2/domains/data");
    const { findPulledDirectory, getDataDirectory } = await import("../data/data-directory.ts");
    const { formatReadings, formatDataReport } = await import("../data/format-data.ts");
    const { readDomains } = await import("../data/read-domains.ts");

    const pulled = findPulledDirectory(io.env);
    const dataDir = getDataDirectory(io, flags.data) ?? (pulled !== null && existsSync(pulled) ? pulled : null);
    const directory = dataDir ?? getStarterDirectory();
    if (!existsSync(directory)) throw new UsageError(`data directory ${directory} does not exist; \`tau2 data pull\` creates one`);
    const report = dataDir === null ? null : checkData(dataDir);
    const readings = readDomains(dataDir);
    const readable = readings.every(({ fault }) => fault === null);
    const good = report === null ? readable : report.version !== null || (readable && flags.allowUnknown === true);
    if (flags.json) printer.json({ directory, ...(report ?? { version: "starter" }), good, domains: readings });
    else {
      const head = report ? formatDataReport(report) : ["starter data, as it comes with the package"];
      printer.lines([directory, ...head, "", ...formatReadings(readings, report?.version ?? null, printer)]);
    }
    return good ? exitCodes.ok : exitCodes.failed;
  },
});
