import type { JsonObject } from "@tau2/domains";
import { getGivenValues, type FlagsOf } from "../config/flags.ts";
import type { Sourced } from "../config/option.ts";
import type { CliIo } from "../io.ts";
import { composeRollout } from "../rollout/config/compose-rollout.ts";
import { rolloutOptions } from "../rollout/config/rollout-options.ts";
import { createConfigRecord } from "../rollout/identity.ts";
import { formatOptionTable, type OptionRow } from "../ui/table.ts";
import { createOutput } from "./output.ts";

/** `tau2 config show` with options of rollouts: what `tau2 rollout` with the same options would work with. */
export function configRollout(io: CliIo, flags: FlagsOf<typeof rolloutOptions> & { readonly json?: boolean }): void {
  const result = createOutput(io);
  const record = createConfigRecord(composeRollout(getGivenValues(rolloutOptions, flags), io.cwd));
  if (flags.json) {
    result.json(record);
    return;
  }
  const rows = Object.entries(record).flatMap(([group, values]) =>
    Object.entries(values as JsonObject).map(([key, entry]): OptionRow => ({
      key: `${group}.${key}`,
      ...(entry as unknown as Sourced),
    })),
  );
  result.lines(formatOptionTable(rows, result));
}
