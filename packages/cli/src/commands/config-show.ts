import { defineCommand } from "../command-line/define-command.ts";
import { getGivenValues } from "../config/flags.ts";
import { jsonOption } from "../config/option.ts";
import { runOptions } from "../config/tables/run-options.ts";
import { configOption, domainOptionWord } from "./shared.ts";

/** `tau2 config show` */
export const configShow = defineCommand({
  brief: "show the options of a run, and where each comes from",
  usage: "[options of tau2 run]",
  options: { ...runOptions, ...configOption, ...jsonOption },
  letters: { d: "domain" },
  wordOption: domainOptionWord,
  async work({ io, printer }, flags) {
    const { compose } = await import("../config/compose.ts");
    const { formatOptionTable } = await import("../ui/table.ts");

    const { values, sources } = compose({
      options: runOptions,
      configs: flags.config ?? [],
      given: getGivenValues(runOptions, flags),
      cwd: io.cwd,
    });
    if (flags.json) {
      printer.json(Object.fromEntries([...sources].map(([key, { value, source }]) => [key, { value, source }])));
      return;
    }
    const rows = Object.keys(runOptions)
      .filter((key) => key in values)
      .map((key) => ({ key, ...sources.get(key)! }));
    printer.lines(formatOptionTable(rows, printer));
  },
});
