import type { OptionTable } from "../config/option.ts";

/** Options of `tau2 export`. */
export const exportOptions = {
  to: {
    group: "Options",
    kind: "text",
    placeholder: "FORM",
    choices: ["sft", "verifiers", "results"],
    brief: "sft: chat with loss masks, JSON lines; verifiers: results.jsonl and metadata.json; results: results.json of tau2-bench's form",
  },
  out: {
    group: "Options",
    kind: "text",
    placeholder: "PATH",
    brief: "the file, or the folder for verifiers",
    defaultText: "in the run's folder",
  },
  split: {
    group: "Options",
    kind: "text",
    placeholder: "LIST",
    choices: ["train", "eval", "test"],
    brief: "only episodes of this list",
    defaultText: "all",
  },
  evaluation: { group: "Options", kind: "switch", brief: "the episodes of evaluations, not those of batches" },
  allow_test_split: {
    group: "Options",
    kind: "switch",
    brief: "allow episodes of test tasks in sft and verifiers: a model that learns from them cannot be tested on them any more",
  },
  min_reward: {
    group: "Options",
    kind: "number",
    placeholder: "X",
    min: 0,
    brief: "sft: only episodes that earned at least this",
    defaultText: "1",
  },
  with_trajectory: { group: "Options", kind: "switch", brief: "verifiers: every turn with what the model was shown, and its advantage" },
} as const satisfies OptionTable;
