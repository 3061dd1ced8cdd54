import type { CliIo } from "../io.ts";
import { compose } from "../config/compose.ts";
import { getGivenValues, type FlagsOf } from "../config/flags.ts";
import { runOptions } from "../config/run-options.ts";
import { formatOptionTable } from "../ui/table.ts";
import { createOutput } from "./output.ts";

type Flags = FlagsOf<typeof runOptions> & { readonly config?: readonly string[]; readonly json?: boolean };

/** `tau2 config show`: what `tau2 run` with the same options would work with. */
export function configShow(io: CliIo, flags: Flags): void {
  const { values, sources } = compose({
    options: runOptions,
    configs: flags.config ?? [],
    given: getGivenValues(runOptions, flags),
    cwd: io.cwd,
  });
  const result = createOutput(io);
  if (flags.json) {
    result.json(Object.fromEntries([...sources].map(([key, { value, source }]) => [key, { value, source }])));
    return;
  }
  const rows = Object.keys(runOptions)
    .filter((key) => key in values)
    .map((key) => ({ key, ...sources.get(key)! }));
  result.lines(formatOptionTable(rows, result));
}
