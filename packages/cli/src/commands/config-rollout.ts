import type { JsonObject } from "@tau2/domains";
import { defineCommand } from "../command-line/define-command.ts";
import { getGivenValues } from "../config/flags.ts";
import { jsonOption, type Sourced } from "../config/option.ts";
import { rolloutOptions } from "../config/tables/rollout-options.ts";
import type { OptionRow } from "../ui/table.ts";

/** `tau2 config rollout`, or `tau2 config show` with options of rollouts. */
export const configRollout = defineCommand({
  brief: "show the options of a rollout; also: config show --env-config …",
  usage: "[options of tau2 rollout]",
  options: { ...rolloutOptions, ...jsonOption },
  async work({ io, printer }, flags) {
    const { composeRollout } = await import("../config/compose-rollout.ts");
    const { createConfigRecord } = await import("../rollout/identity.ts");
    const { formatOptionTable } = await import("../ui/table.ts");

    const record = createConfigRecord(composeRollout(getGivenValues(rolloutOptions, flags), io.cwd));
    if (flags.json) {
      printer.json(record);
      return;
    }
    const rows = Object.entries(record).flatMap(([group, values]) =>
      Object.entries(values as JsonObject).map(([key, entry]): OptionRow => ({
        key: `${group}.${key}`,
        ...(entry as unknown as Sourced),
      })),
    );
    printer.lines(formatOptionTable(rows, printer));
  },
});
