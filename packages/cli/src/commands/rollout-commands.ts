import { defineCommand, type BuiltCommand } from "../command.ts";
import { exportOptions } from "./export-options.ts";
import { jsonOption } from "../config/option.ts";
import { rolloutOptions } from "../rollout/config/rollout-options.ts";

/** The commands that are about rollouts. */
export const rolloutCommands = {
  rollout: defineCommand({
    brief: "play episodes of the training environment, and keep them for training",
    usage: "--env-config NAME [options]",
    about:
      "Plays several attempts at each task, with a model behind an OpenAI-compatible endpoint as the policy, or with a policy that does not need one. Each episode is stored in <log-path>/<run>/rollouts.jsonl as soon as it is over; metrics are in metrics.jsonl beside it. Options may be written with underscores, as in --env_config, and override the keys of their name in all configurations.",
    options: { ...rolloutOptions, ...jsonOption },
    examples: [
      ["tau2 rollout --env-config tau2bench/smoke --policy gold", "the solutions of four tasks, without a model or a key"],
      [
        "tau2 rollout --env-config tau2bench/airline --model-name M --base-url http://127.0.0.1:8000/v1",
        "each train task, by a model of your own endpoint; --group-size 8 for eight attempts",
      ],
      ["tau2 rollout --env-config tau2bench/retail --split test --model-name gpt-4.1", "an evaluation on the test list"],
      ["tau2 rollout --resume-run --run-name NAME", "resume a run that was interrupted"],
    ],
    load: async () => (await import("./rollout.ts")).rollout,
  }),
  export: defineCommand({
    brief: "write the rollouts of a run as files for other programs",
    usage: "FOLDER --to sft|verifiers|results [options]",
    about:
      "Each file names the task list of an episode, and whether its task belongs to the test list. The files are read back before the command reports success.",
    options: { ...exportOptions, ...jsonOption },
    positional: [{ placeholder: "folder", brief: "the run's folder, under --log-path" }],
    examples: [
      ["tau2 export logs/RUN --to sft", "what went well, as chat with loss masks"],
      ["tau2 export logs/RUN --to verifiers --with-trajectory --out vf", "results.jsonl and metadata.json"],
      ["tau2 export logs/RUN --to results", "results.json of tau2-bench's form"],
    ],
    load: async () => (await import("./export.ts")).exportRollouts,
  }),
} as const satisfies Readonly<Record<string, BuiltCommand>>;

/** Those that look at configurations. */
export const rolloutConfigCommands = {
  "config rollout": defineCommand({
    brief: "show the options of a rollout; also: config show --env-config …",
    usage: "[options of tau2 rollout]",
    options: { ...rolloutOptions, ...jsonOption },
    load: async () => (await import("./config-rollout.ts")).configRollout,
  }),
} as const satisfies Readonly<Record<string, BuiltCommand>>;
