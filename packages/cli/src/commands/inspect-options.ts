import type { OptionTable } from "../config/option.ts";

const data = {
  group: "Options",
  kind: "text",
  placeholder: "DIR",
  brief: "a data directory laid out like tau2-bench's, or `official` (see `tau2 data pull`)",
  defaultText: "$TAU2_DATA_DIR, then the starter data",
} as const;

/** Options of the commands that look at a domain. */
export const inspectOptions = { data } as const satisfies OptionTable;

/** Options of `tau2 tasks list`. */
export const tasksListOptions = {
  task_split_name: {
    group: "Options",
    kind: "text",
    placeholder: "NAME",
    brief: "only the tasks of this split: train, test, base, …",
    defaultText: "all",
  },
  data,
} as const satisfies OptionTable;

/** Options of `tau2 tools call`. */
export const toolsCallOptions = {
  args: {
    group: "Options",
    kind: "object",
    placeholder: "JSON",
    brief: "the arguments as one JSON object; single ones go as --NAME VALUE",
  },
  as: {
    group: "Options",
    kind: "text",
    placeholder: "SIDE",
    choices: ["assistant", "user"],
    brief: "who calls: assistant or user",
    defaultText: "who has the tool",
  },
  state: { group: "Options", kind: "text", placeholder: "FILE", brief: "keep the databases in this file from call to call" },
  data,
} as const satisfies OptionTable;
