import { defineCommand } from "../command-line/define-command.ts";
import { jsonOption } from "../config/option.ts";
import { runOptions } from "../config/tables/run-options.ts";
import { domainNames } from "../domain/load-domain.ts";
import type { Baseline } from "../results/compute-baseline.ts";
import type { Column } from "../ui/table.ts";
import { domainOptionWord, runDomainOptions } from "./shared.ts";

/** `tau2 baselines` */
export const baselines = defineCommand({
  brief: "show what the solution earns in each domain, and what doing nothing earns",
  usage: "[DOMAIN] [options]",
  options: {
    domain: { ...runDomainOptions.domain, brief: "only this domain", defaultText: "all that come with the packages" },
    task_split_name: { ...runOptions.task_split_name, group: "Options" },
    data: runDomainOptions.data,
    ...jsonOption,
  },
  letters: { d: "domain" },
  wordOption: domainOptionWord,
  async work({ io, printer }, flags) {
    const { computeBaseline } = await import("../results/compute-baseline.ts");
    const { formatTable } = await import("../ui/table.ts");

    const names = flags.domain === undefined ? domainNames : [flags.domain];
    const found: Baseline[] = [];
    for (const name of names) found.push(await computeBaseline(io, name, flags));
    if (flags.json) printer.json(found);
    else {
      printer.lines([
        ...formatTable(columns, found, printer),
        "",
        "oracle: an agent that plays the solution; no-op: one that does nothing; both with a scripted user",
        "vacuous: named for the reward, with nothing to check. Natural-language assertions are left out, for want of a judge",
      ]);
    }
  },
});

const columns: Column<Baseline>[] = [
  { title: "domain", value: ({ domain }) => domain },
  { title: "data", value: ({ data }) => data, drop: 1 },
  { title: "tasks", value: ({ tasks }) => String(tasks), align: "right" },
  { title: "oracle", value: ({ oracle }) => oracle.toFixed(3), align: "right" },
  { title: "no-op", value: ({ noop }) => noop.toFixed(3), align: "right" },
  { title: "vacuous components", value: ({ vacuous: { components, of } }) => `${components} of ${of}`, align: "right", drop: 2 },
];
