import type { OptionTable } from "../config/option.ts";

const allowUnknown = {
  group: "Options",
  kind: "switch",
} as const;

/** Options of `tau2 data pull`. */
export const dataPullOptions = {
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
  allow_unknown: { ...allowUnknown, brief: "accept data that is not a published version" },
} as const satisfies OptionTable;

/** Options of `tau2 data check`. */
export const dataCheckOptions = {
  data: {
    group: "Options",
    kind: "text",
    placeholder: "DIR",
    brief: "the data directory, or `official` for the pulled data",
    defaultText: "$TAU2_DATA_DIR, then the pulled data, then the starter data",
  },
  allow_unknown: { ...allowUnknown, brief: "accept data that is not a published version, as long as it can be read" },
} as const satisfies OptionTable;
