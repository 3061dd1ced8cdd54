import type { Positional, WordOption } from "../command-line/define-command.ts";
import type { OptionTable } from "../config/option.ts";
import { domainNames } from "../domain/load-domain.ts";

/** Word of the commands that look at a domain. */
export const domainWord: Positional = { placeholder: "domain", brief: `${domainNames.join(", ")}, or a module with a domain of your own` };

/** Word of the commands with `--domain`, which may leave the name of the option out. */
export const domainOptionWord: WordOption = { ...domainWord, key: "domain", brief: `the same as --domain: ${domainWord.brief}` };

/** Word of the commands that work on a stored run. */
export const runWord: Positional = { placeholder: "run", brief: "a run by its name, its directory, or its results file" };

/** The option that names presets and files with options of `tau2 run`. */
export const configOption = {
  config: {
    group: "Files",
    kind: "list",
    placeholder: "PRESET|FILE",
    brief: "take options from a preset (`tau2 config list`) or a YAML file; give several and the last one wins",
  },
} as const satisfies OptionTable;

/** The option that names a data directory. */
export const dataOption = {
  data: {
    group: "Options",
    kind: "text",
    placeholder: "DIR",
    brief: "a data directory laid out like tau2-bench's, or `official` (see `tau2 data pull`)",
    defaultText: "$TAU2_DATA_DIR, then the starter data",
  },
} as const satisfies OptionTable;

/** Options for the domain and the data of a stored run, in which its conversations are played again. */
export const runDomainOptions = {
  domain: {
    group: "Options",
    kind: "text",
    placeholder: "NAME|FILE",
    brief: "the domain in which the run is graded or played",
    defaultText: "the run's own",
  },
  ...dataOption,
} as const satisfies OptionTable;
