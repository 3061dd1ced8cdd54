import type { OptionTable } from "../../config/option.ts";
import { forTrainers } from "./for-trainers.ts";

/** Keys of `configs/replay_buffer`. */
export const replayBufferKeys = {
  name: { group: "Files", kind: "text", choices: ["default"], default: "default", brief: "the kind of buffer" },
  max_size: { group: "Files", kind: "number", min: 1, default: 1e10, brief: "steps that are kept, the newest ones" },
} as const satisfies OptionTable;

/** Keys of `configs/model`. A rollout takes the model's name and how it is sampled from; weights are where the endpoint is. */
export const modelKeys = {
  name: { group: forTrainers, kind: "text", brief: "how the model is loaded" },
  model_type: { group: forTrainers, kind: "text", brief: "what kind it is" },
  model_config: { group: "The policy", kind: "object", brief: "its name, as pretrained_model_name_or_path, and how it is loaded" },
  generation_config: {
    group: "The policy",
    kind: "object",
    brief: "temperature, and do_sample: false for temperature 0, where the trainer config has none",
  },
} as const satisfies OptionTable;

/** Keys of `configs/lora`. */
export const loraKeys = {
  r: { group: forTrainers, kind: "integer", min: 1, brief: "rank" },
  lora_alpha: { group: forTrainers, kind: "number", min: 0, brief: "scale" },
  lora_dropout: { group: forTrainers, kind: "number", min: 0, brief: "dropout" },
  target_modules: { group: forTrainers, kind: "list", brief: "the layers that get an adapter" },
} as const satisfies OptionTable;
