import { existsSync } from "node:fs";
import { checkData, getStarterDirectory } from "@tau2/domains/data";
import { UsageError, exitCodes } from "../errors.ts";
import type { FlagsOf } from "../config/flags.ts";
import { findPulledDirectory, getDataDirectory } from "../data/data-directory.ts";
import { readAll } from "../data/read-source.ts";
import type { CliIo } from "../io.ts";
import { formatReadings, formatDataReport } from "../ui/data-lines.ts";
import type { dataCheckOptions } from "./data-options.ts";
import { createOutput } from "./output.ts";

type Flags = FlagsOf<typeof dataCheckOptions> & { readonly json?: boolean };

/** `tau2 data check`: 1 when a file is missing, changed or cannot be read. */
export async function dataCheck(io: CliIo, flags: Flags): Promise<number> {
  const pulled = findPulledDirectory(io.env);
  const dataDir = getDataDirectory(io, flags.data) ?? (pulled !== null && existsSync(pulled) ? pulled : null);
  const directory = dataDir ?? getStarterDirectory();
  if (!existsSync(directory)) throw new UsageError(`data directory ${directory} does not exist; \`tau2 data pull\` creates one`);
  const report = dataDir === null ? null : checkData(dataDir);
  const readings = readAll(dataDir);
  const readable = readings.every(({ fault }) => fault === null);
  const good = report === null ? readable : report.version !== null || (readable && flags.allowUnknown === true);
  const result = createOutput(io);
  if (flags.json) result.json({ directory, ...(report ?? { version: "starter" }), good, domains: readings });
  else {
    const head = report ? formatDataReport(report) : ["starter data, as it comes with the package"];
    result.lines([directory, ...head, "", ...formatReadings(readings, report?.version ?? null, result)]);
  }
  return good ? exitCodes.ok : exitCodes.failed;
}
