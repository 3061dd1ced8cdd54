import type { JsonObject } from "@tau2/domains/core";
import { givenValues, type FlagsOf } from "../config/flags.ts";
import type { CliIo } from "../io.ts";
import { composeRollout } from "../rollout/config/compose-rollout.ts";
import { rolloutOptions } from "../rollout/config/rollout-options.ts";
import { configRecord } from "../rollout/config-record.ts";
import { tableLines, type Column } from "../ui/table.ts";
import { resultOf } from "./output.ts";

interface Row {
  readonly key: string;
  readonly value: unknown;
  readonly source: string;
}

/** `tau2 config show` with options of rollouts: what `tau2 rollout` with the same options would work with. */
export function configRollout(io: CliIo, flags: FlagsOf<typeof rolloutOptions> & { readonly json?: boolean }): void {
  const result = resultOf(io);
  const record = configRecord(composeRollout(givenValues(rolloutOptions, flags), io.cwd));
  if (flags.json) {
    result.json(record);
    return;
  }
  const columns: Column<Row>[] = [
    { title: "key", value: ({ key }) => key, style: (text) => result.paint("bold", text) },
    { title: "value", value: ({ value }) => (typeof value === "string" ? value : JSON.stringify(value)) },
    {
      title: "from",
      value: ({ source }) => source,
      style: (text, { source }) => (source === "default" ? result.paint("dim", text) : text),
    },
  ];
  const rows = Object.entries(record).flatMap(([group, values]) =>
    Object.entries(values as JsonObject).map(([key, entry]): Row => ({
      key: `${group}.${key}`,
      ...(entry as unknown as Omit<Row, "key">),
    })),
  );
  result.lines(tableLines(columns, rows, result));
}
