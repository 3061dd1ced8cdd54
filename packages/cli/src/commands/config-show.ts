import type { CliIo } from "../io.ts";
import { compose } from "../config/compose.ts";
import { givenValues, type FlagsOf } from "../config/flags.ts";
import type { Sourced } from "../config/layer.ts";
import { runOptions } from "../config/run-options.ts";
import { tableLines, type Column } from "../ui/table.ts";
import { resultOf } from "./output.ts";

type Flags = FlagsOf<typeof runOptions> & { readonly config?: readonly string[]; readonly json?: boolean };

/** `tau2 config show`: what `tau2 run` with the same options would work with. */
export function configShow(io: CliIo, flags: Flags): void {
  const { values, sources } = compose({
    options: runOptions,
    configs: flags.config ?? [],
    given: givenValues(runOptions, flags),
    cwd: io.cwd,
  });
  const result = resultOf(io);
  if (flags.json) {
    result.json(Object.fromEntries([...sources].map(([key, { value, source }]) => [key, { value, source }])));
    return;
  }
  type Row = Sourced & { readonly key: string };
  const rows: Row[] = Object.keys(runOptions)
    .filter((key) => key in values)
    .map((key) => ({ key, ...sources.get(key)! }));
  const columns: Column<Row>[] = [
    { title: "key", value: ({ key }) => key, style: (text) => result.paint("bold", text) },
    { title: "value", value: ({ value }) => (typeof value === "string" ? value : JSON.stringify(value)) },
    {
      title: "from",
      value: ({ source }) => source,
      style: (text, { source }) => (source === "default" ? result.paint("dim", text) : text),
    },
  ];
  result.lines(tableLines(columns, rows, result));
}
